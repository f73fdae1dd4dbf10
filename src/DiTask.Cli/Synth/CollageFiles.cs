using System.Globalization;
using System.Text.Json;
using DiTask.Model.Data;
using DiTask.Model.Data.Folders;
using DiTask.Model.Files;
using DiTask.Synth.Collages;
using DiTask.Synth.Scenes;

namespace DiTask.Cli.Synth;

/// <summary>Writes collages as a plain data set without tasks; what is known of their tiles goes to attributes.json.</summary>
internal static class CollageFiles
{
    public const string FileName = "attributes.json";

    private const int SheetSide = 6;

    public static void Write(SynthOptions options, Action<int, int> progress, CancellationToken cancellation)
    {
        PlainDatasetWriter writer = new(options.Folder, new PlainDatasetInfo
        {
            Name = "synth-collage",
            Description = string.Create(CultureInfo.InvariantCulture, $"Collages to pretrain on (docs/synth.md): seed {options.Seed}. No labels of the six tasks; the attributes of the tiles are in {FileName}."),
        });
        (SynthSplit Split, int Index)[] all =
        [
            .. new[] { (SynthSplit.Train, options.Train), (SynthSplit.Val, options.Val), (SynthSplit.Test, options.Test) }
                .SelectMany(split => Enumerable.Range(0, split.Item2).Select(index => (split.Item1, index))),
        ];
        byte[][,] attributes = new byte[all.Length][,];
        int done = 0;
        Parallel.For(0, all.Length, new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation }, i =>
        {
            using Collage collage = CollageRenderer.Render(options.Seed, all[i].Split, all[i].Index, options.Size);
            attributes[i] = collage.Attributes;
            writer.Write(Id(all[i]), collage.Image, new Dictionary<string, LabelMap>());
            progress(Interlocked.Increment(ref done), all.Length);
        });
        AtomicFile.Write(Path.Combine(options.Folder, FileName), output => WriteAttributes(output, [.. all.Select(Id)], attributes));
        writer.Finish(all.GroupBy(item => item.Split).ToDictionary(group => Name(group.Key), IReadOnlyList<string> (group) => [.. group.Select(Id)]));
        WriteSheet(options);
    }

    private static string Name(SynthSplit split) => split.ToString().ToLowerInvariant();

    private static string Id((SynthSplit Split, int Index) item) => string.Create(CultureInfo.InvariantCulture, $"{Name(item.Split)}{item.Index:D5}");

    private static void WriteAttributes(Stream output, string[] ids, byte[][,] attributes)
    {
        using Utf8JsonWriter json = new(output);
        json.WriteStartObject();
        json.WriteStartArray("attributes");
        foreach (CollageTrait attribute in CollageTrait.All)
        {
            json.WriteStartObject();
            json.WriteString("name", attribute.Name);
            json.WriteStartArray("values");
            foreach (string value in attribute.Values)
            {
                json.WriteStringValue(value);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("pictures");
        for (int i = 0; i < ids.Length; i++)
        {
            json.WriteStartArray(ids[i]);
            for (int tile = 0; tile < Collage.Tiles; tile++)
            {
                json.WriteStartArray();
                for (int column = 0; column < CollageTrait.All.Count; column++)
                {
                    json.WriteNumberValue(attributes[i][tile, column]);
                }

                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteSheet(SynthOptions options)
    {
        int shown = Math.Min(SheetSide * SheetSide, options.Train);
        using SynthSheet sheet = new(SheetSide, (shown + SheetSide - 1) / SheetSide, options.Size);
        for (int i = 0; i < shown; i++)
        {
            using Collage collage = CollageRenderer.Render(options.Seed, SynthSplit.Train, i, options.Size);
            sheet.Draw(i % SheetSide, i / SheetSide, collage.Image);
        }

        sheet.Save(Path.Combine(options.Folder, SynthSheet.FileName));
    }
}
