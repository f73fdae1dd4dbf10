using System.Globalization;
using DiTask.Model.Data;
using DiTask.Model.Data.Folders;
using DiTask.Model.Tasks;
using DiTask.Synth.Collages;
using DiTask.Synth.Data;
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
            Tasks = CollageTrait.All.ToDictionary(trait => TaskCatalog.AttributeOf(trait.Name), trait => new PlainTaskInfo { Classes = [.. trait.Values.Select(value => new PlainClass(value))] }),
        });
        CollageDataset[] splits = [Split(SynthSplit.Train, options.Train), Split(SynthSplit.Val, options.Val), Split(SynthSplit.Test, options.Test)];
        DatasetFiles.Write(writer, splits, options.Threads, progress, cancellation);
        WriteSheet(splits[0], options);

        CollageDataset Split(SynthSplit split, int count) => new(options.Seed, split, count, options.Size, options.Tiles);
    }

    private static void WriteSheet(CollageDataset train, SynthOptions options)
    {
        int shown = Math.Min(SheetSide * SheetSide, train.Count);
        using SynthSheet sheet = new(SheetSide, (shown + SheetSide - 1) / SheetSide, options.Size);
        for (int i = 0; i < shown; i++)
        {
            using Sample sample = train.Load(i);
            sheet.Draw(i % SheetSide, i / SheetSide, sample.Image);
        }

        sheet.Save(Path.Combine(options.Folder, SynthSheet.FileName));
    }
}
