using System.Globalization;
using DiTask.Model.Checkpoints;
using DiTask.Model.Config;

namespace DiTask.Cli.Commands;

/// <summary>A checkpoint's report as aligned text.</summary>
internal static class InspectText
{
    private const int LabelWidth = 14;
    private const int MostListed = 10;

    public static void Write(CheckpointReport report, TextWriter output)
    {
        output.WriteLine(TerminalText.Clean(Path.GetFileName(report.File)));
        Line("format", $"{report.Format}, {Number(report.Bytes)} bytes, sha256 {report.Sha256}");
        Line("tensors", $"{Number(report.Tensors)}: {string.Join(", ", report.ElementTypes.Select(type => $"{Number(type.Value)} {type.Key}"))}");
        if (report.Epoch is int epoch)
        {
            Line("epoch", Number(epoch));
        }

        Line("model", report.Kind);
        if (report.Backbone is BackboneConfig backbone)
        {
            Line("backbone", $"Swin {report.Size ?? "of its own size"}: {backbone.EmbedDim} channels, depths {List(backbone.Depths)}, heads {List(backbone.NumHeads)}, windows {List(backbone.WindowSizes)}, patch {backbone.PatchSize}, mlp ratio {backbone.MlpRatio.ToString(CultureInfo.InvariantCulture)}");
            Line("options", $"qkv bias {YesNo(backbone.QkvBias)}, patch norm {YesNo(backbone.PatchNorm)}, absolute position embedding {YesNo(backbone.AbsolutePositionEmbedding)}{(backbone.QkScale is double scale ? $", qk scale {scale.ToString(CultureInfo.InvariantCulture)}" : "")}");
            Line("image size", backbone.ImageSize == 0 ? "unknown" : $"{backbone.ImageSize} (from {report.ImageSizeSource})");
        }

        if (report.DataSet is string dataSet)
        {
            Line("data set", dataSet);
        }

        Tasks(report.Tasks, output);
        Tessellation(report.Tessellation, output);
        Parameters(report.Parameters, output);
        Keys("missing keys", report.MissingKeys, output);
        Keys("unused keys", report.UnusedKeys, output);
        Keys("ignored keys", report.IgnoredKeys, output);
        Keys("notes", report.Notes, output);
        Keys("problems", report.Problems, output);

        void Line(string label, string value) => output.WriteLine($"  {label.PadRight(LabelWidth)}{TerminalText.Clean(value)}");
    }
    private static void Tasks(IReadOnlyList<TaskConfig> tasks, TextWriter output)
    {
        if (tasks.Count == 0)
        {
            return;
        }

        Table(output, ["task", "outputs", "head", "decoder channels"], [.. tasks.Select(task => (string[])
            [TerminalText.Clean(task.Name), Number(task.OutputChannels), $"{task.Head}", task.DecoderChannels is { } channels ? List(channels) : "as the backbone's"])]);
    }

    private static void Tessellation(IReadOnlyList<StageTessellation> stages, TextWriter output)
    {
        if (stages.Count == 0)
        {
            return;
        }

        string[] tasks = [.. stages.SelectMany(stage => stage.Tasks.Keys).Distinct()];
        Table(output, ["cells in stage", "shared", .. tasks.Select(TerminalText.Clean)], [.. stages.Select(stage => (string[])
            [$"{stage.Stage}", List(stage.Shared), .. tasks.Select(task => stage.Tasks.TryGetValue(task, out IReadOnlyList<int>? cells) ? List(cells) : "-")])]);
    }

    private static void Parameters(ParameterCounts counts, TextWriter output) =>
        Table(output, ["parameters", ""], [
            ["total", Number(counts.Total)],
            ["trained", Number(counts.Trainable)],
            ["  thetas", Number(counts.Thetas)],
            ["    of them dead", Number(counts.DeadThetas)],
            ["  decoder", Number(counts.Decoder)],
            ["  backbone", Number(counts.BackboneExtras)],
        ], rightAligned: true);

    private static void Keys(string label, IReadOnlyList<string> keys, TextWriter output)
    {
        if (keys.Count == 0)
        {
            return;
        }

        output.WriteLine();
        output.WriteLine($"  {label} ({Number(keys.Count)})");
        foreach (string key in keys.Take(MostListed))
        {
            output.WriteLine("    " + TerminalText.Clean(key));
        }

        if (keys.Count > MostListed)
        {
            output.WriteLine($"    and {Number(keys.Count - MostListed)} more; --json lists all");
        }
    }

    private static void Table(TextWriter output, string[] header, string[][] rows, bool rightAligned = false)
    {
        int[] widths = [.. header.Select((title, column) => rows.Select(row => row[column].Length).Append(title.Length).Max())];
        output.WriteLine();
        foreach (string[] row in (string[][])[header, .. rows])
        {
            IEnumerable<string> cells = row.Select((cell, column) => rightAligned && column > 0 ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]));
            output.WriteLine("  " + string.Join("  ", cells).TrimEnd());
        }
    }

    private static string List(IEnumerable<int> values) => string.Join(',', values);

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string YesNo(bool value) => value ? "yes" : "no";
}
