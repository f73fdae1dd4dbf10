using System.Diagnostics;
using System.Globalization;
using DiTask.Model.Data;
using DiTask.Model.Tasks;
using DiTask.Synth.Data;
using DiTask.Synth.Rendering;
using DiTask.Synth.Scenes;

namespace DiTask.Cli.Synth;

/// <summary>Draws training scenes without writing them and says how fast, with how much arithmetic, and how often each class occurs.</summary>
internal static class SceneSurvey
{
    public static void Run(SynthOptions options, TextWriter output, CancellationToken cancellation)
    {
        SceneRenderer renderer = new(options.Scenes);
        long[] classes = new long[SynthTasks.ClassNames.Count], parts = new long[7], pictures = new long[classes.Length];
        double flop = 0;
        long solids = 0, spheres = 0, samples = 0, shadows = 0;
        Lock guard = new();
        // The first pictures pay for compiling the code.
        Draw(Math.Min(16, options.Train), _ => { });
        Stopwatch watch = Stopwatch.StartNew();
        TimeSpan before = Environment.CpuUsage.TotalTime;
        Draw(options.Train, scene =>
        {
            lock (guard)
            {
                flop += scene.Work.Flop;
                solids += scene.Work.SolidTests;
                spheres += scene.Work.SphereTests;
                samples += scene.Work.Samples;
                shadows += scene.Work.ShadowRays;
                Count(scene, "semseg", classes, pictures);
                Count(scene, "human_parts", parts, null);
            }
        });
        double seconds = watch.Elapsed.TotalSeconds;
        double n = options.Train, processor = (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / n;
        Line($"{options.Train} scenes of {options.Size} pixels in {seconds:0.00} s on {options.Threads} threads: {n / seconds:0.0} scenes/s, {processor:0.0} ms of processor time a scene");
        Line($"a scene: {flop / n / 1e9:0.000} GFLOP; {samples / n:0} samples, {solids / n:0} solid tests, {spheres / n:0} sphere tests, {shadows / n:0} shadow rays");
        for (int i = 0; i < classes.Length; i++)
        {
            Line($"{SynthTasks.ClassNames[i],-10} {100.0 * classes[i] / classes.Sum():0.00} % of the pixels, in {100 * pictures[i] / n:0} % of the scenes");
        }

        IReadOnlyList<TaskClass> names = SynthTasks.All.Single(task => task.Name == "human_parts").Classes;
        for (int i = 0; i < parts.Length; i++)
        {
            Line($"{names[i].Name,-10} {100.0 * parts[i] / Math.Max(parts.Sum(), 1):0.00} % of the pixels of scenes with people");
        }

        void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));

        void Draw(int count, Action<RenderedScene> use) => Parallel.For(
            0,
            count,
            new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation },
            index =>
            {
                using RenderedScene scene = renderer.Render(options.Seed, SynthSplit.Train, index, options.Size);
                use(scene);
            });
    }

    private static void Count(RenderedScene scene, string task, long[] pixels, long[]? pictures)
    {
        if (scene.Labels.TryGetValue(task, out LabelMap? map))
        {
            Span<long> here = stackalloc long[256];
            foreach (float value in map.Values)
            {
                here[(int)value]++;
            }

            for (int i = 0; i < pixels.Length; i++)
            {
                pixels[i] += here[i];
                _ = pictures is null ? 0 : pictures[i] += here[i] > 0 ? 1 : 0;
            }
        }
    }
}
