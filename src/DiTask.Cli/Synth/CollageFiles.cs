using System.Globalization;
using DiTask.Model.Data;
using DiTask.Model.Data.Folders;
using DiTask.Synth.Collages;
using DiTask.Synth.Scenes;

namespace DiTask.Cli.Synth;

/// <summary>Writes collages as a plain data set of attributes: what is known of each thing, at its pixels.</summary>
internal static class CollageFiles
{
    private const int SheetSide = 6;

    public static void Write(SynthOptions options, Action<int, int> progress, CancellationToken cancellation)
    {
        PlainDatasetWriter writer = new(options.Folder, new PlainDatasetInfo
        {
            Name = "synth-collage",
            Description = string.Create(CultureInfo.InvariantCulture, $"Collages to pretrain on (docs/synth.md): seed {options.Seed}. No labels of the six tasks."),
            Complete = true,
            Tasks = CollageTrait.All.ToDictionary(TaskOf, trait => new PlainTaskInfo { Classes = [.. trait.Values.Select(value => new PlainClass(value))] }),
        });
        (SynthSplit Split, int Index)[] all =
        [
            .. new[] { (SynthSplit.Train, options.Train), (SynthSplit.Val, options.Val), (SynthSplit.Test, options.Test) }
                .SelectMany(split => Enumerable.Range(0, split.Item2).Select(index => (split.Item1, index))),
        ];
        int done = 0;
        Parallel.For(0, all.Length, new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation }, i =>
        {
            using Collage collage = CollageRenderer.Render(options.Seed, all[i].Split, all[i].Index, options.Size, options.Tiles);
            writer.Write(Id(all[i]), collage.Image, Labels(collage));
            progress(Interlocked.Increment(ref done), all.Length);
        });
        writer.Finish(all.GroupBy(item => item.Split).ToDictionary(group => Name(group.Key), IReadOnlyList<string> (group) => [.. group.Select(Id)]));
        WriteSheet(options);
    }

    private static string Name(SynthSplit split) => split.ToString().ToLowerInvariant();

    private static string Id((SynthSplit Split, int Index) item) => string.Create(CultureInfo.InvariantCulture, $"{Name(item.Split)}{item.Index:D5}");

    // A class at the pixels of the thing, nothing beside it: what is taught is what a thing is, not where it ends.
    private static Dictionary<string, LabelMap> Labels(Collage collage)
    {
        int size = collage.Image.Width;
        Dictionary<string, LabelMap> labels = [];
        for (int column = 0; column < CollageTrait.All.Count; column++)
        {
            float[] values = new float[size * size];
            for (int pixel = 0; pixel < values.Length; pixel++)
            {
                values[pixel] = collage.Shapes[pixel] == 0 ? LabelMap.Void : collage.Attributes[collage.TileOf(pixel % size, pixel / size), column];
            }

            labels[TaskOf(CollageTrait.All[column])] = new LabelMap(1, size, size, values);
        }

        return labels;
    }

    private static string TaskOf(CollageTrait trait) => "attr_" + trait.Name;

    private static void WriteSheet(SynthOptions options)
    {
        int shown = Math.Min(SheetSide * SheetSide, options.Train);
        using SynthSheet sheet = new(SheetSide, (shown + SheetSide - 1) / SheetSide, options.Size);
        for (int i = 0; i < shown; i++)
        {
            using Collage collage = CollageRenderer.Render(options.Seed, SynthSplit.Train, i, options.Size, options.Tiles);
            sheet.Draw(i % SheetSide, i / SheetSide, collage.Image);
        }

        sheet.Save(Path.Combine(options.Folder, SynthSheet.FileName));
    }
}
