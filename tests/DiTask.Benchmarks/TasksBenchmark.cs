using DiTask.Model.Artifacts;
using DiTask.Model.Folding;
using DiTask.Model.Inference;
using DiTask.Tests;
using Microsoft.ML.OnnxRuntime;

namespace DiTask.Benchmarks;

/// <summary>What a further task costs: the trunk is shared, a stand-alone graph repeats it.</summary>
internal static class TasksBenchmark
{
    public static void Run(bool small, int rounds)
    {
        using TemporaryFolder folder = new();
        ModelFolder model = RealSize.Folded(folder, small);
        string[] tasks = [.. model.Manifest.Tasks.Select(task => task.Info.Name)];
        int size = model.Manifest.Input.Size;
        float[] image = [.. Enumerable.Range(0, 3 * size * size).Select(i => MathF.Sin(i * 0.01f))];
        using MultiTaskSession session = MultiTaskSession.Open(model);
        List<InferenceSession> alone = [.. tasks.Select(task => Standalone(model, task, folder[$"{task}.onnx"]))];

        Action[] shared = [.. Enumerable.Range(1, tasks.Length).Select(count => (Action)(() =>
            session.Run(image, 1, tasks.Take(count).ToDictionary(task => task, _ => (IReadOnlyList<int>)[0]))))];
        double[] times = Measure.InTurn(small ? 1 : rounds, [.. shared, () => alone.ForEach(graph => Run(graph, image, size))]);
        for (int count = 1; count <= tasks.Length; count++)
        {
            Console.WriteLine($"{count} task(s), shared trunk: {times[count - 1] / times[0]:F2} of one task ({times[count - 1]:F0} ms)");
        }

        Console.WriteLine($"{tasks.Length} stand-alone graphs: {times[^1] / times[0]:F2} of one task ({times[^1]:F0} ms)");
        alone.ForEach(graph => graph.Dispose());
    }

    private static InferenceSession Standalone(ModelFolder model, string task, string path)
    {
        StandaloneExport.Write(model, task, path);
        using SessionOptions options = new();
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        return new InferenceSession(path, options);
    }

    private static void Run(InferenceSession session, float[] image, int size)
    {
        using OrtValue value = OrtValue.CreateTensorValueFromMemory(image, [1, 3, size, size]);
        using RunOptions options = new();
        session.Run(options, ["image"], [value], session.OutputNames).Dispose();
    }
}
