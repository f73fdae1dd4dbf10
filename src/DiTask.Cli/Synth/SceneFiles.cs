using System.Globalization;
using DiTask.Model.Data;
using DiTask.Model.Data.Folders;
using DiTask.Synth.Data;
using DiTask.Synth.Rendering;
using DiTask.Synth.Scenes;

namespace DiTask.Cli.Synth;

/// <summary>Writes scenes as a plain data set.</summary>
internal static class SceneFiles
{
    private const int SheetRows = 10;

    public static void Write(SynthOptions options, Action<int, int> progress, CancellationToken cancellation)
    {
        SceneRenderer renderer = new(options.Scenes);
        SceneDataset[] splits =
        [
            new(renderer, options.Seed, SynthSplit.Train, options.Train, options.Size),
            new(renderer, options.Seed, SynthSplit.Val, options.Val, options.Size),
            new(renderer, options.Seed, SynthSplit.Test, options.Test, options.Size),
        ];
        PlainDatasetWriter writer = new(options.Folder, new PlainDatasetInfo { Name = "synth", Description = Describe(options), Tasks = SynthTasks.Plain });
        DatasetFiles.Write(writer, splits, options.Threads, progress, cancellation);
        SceneSheet.Write(Path.Combine(options.Folder, SynthSheet.FileName), [.. splits.SelectMany(split => First(split, options))]);
    }

    private static IEnumerable<Sample> First(SceneDataset split, SynthOptions options)
    {
        int rows = split.Name.EndsWith("train", StringComparison.Ordinal) ? SheetRows - 4 : 2;
        for (int index = 0; index < Math.Min(rows, split.Count); index++)
        {
            yield return split.Load(index);
        }
    }

    private static string Describe(SynthOptions options) => string.Create(
        CultureInfo.InvariantCulture,
        $"Generated scenes (docs/synth.md): seed {options.Seed}, world {options.Scenes.World.ToString().ToLowerInvariant()}, void border {options.Scenes.VoidBorder}, labels dropped {options.Scenes.DropLabels}, depth known to {options.Scenes.DepthRange} m. Val and test have other patterns, hues and shapes than train. Normals: camera frame, x right, y down, z ahead, so that visible surfaces have z below 0.");
}
