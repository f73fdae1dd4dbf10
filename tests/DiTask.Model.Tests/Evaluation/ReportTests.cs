using System.Text.Json;
using DiTask.Model.Data;
using DiTask.Model.Evaluation;
using DiTask.Model.Evaluation.Reports;
using DiTask.Tests;

namespace DiTask.Model.Tests.Evaluation;

/// <summary>Reports: everything that was measured comes back, for machines and for people.</summary>
public sealed class ReportTests
{
    [Fact]
    public void WriteJson_ReadBack_HasEveryNumber()
    {
        using TemporaryFolder folder = new();
        EvaluationReport report = Report(withAgainst: true);

        report.WriteJson(folder["r.json"]);

        EvaluationReport read = EvaluationReport.Read(folder["r.json"]);
        Assert.Equal(["r.json"], folder.Names());
        Assert.Equal(report.Run.Tasks.SelectMany(task => task.Metrics), read.Run.Tasks.SelectMany(task => task.Metrics));
        Assert.Equal(report.Run.Tasks.SelectMany(task => task.Classes), read.Run.Tasks.SelectMany(task => task.Classes));
        Assert.Equal(report.Run.DeltaM!.Tasks, read.Run.DeltaM!.Tasks);
        Assert.Equal(report.Run.Model, read.Run.Model);
        Assert.Equal(report.Against!.Model, read.Against!.Model);
        Assert.Equal(report.Dataset, read.Dataset);
        Assert.Equal(report.Warnings, read.Warnings);
        Assert.Equal(report.Created, read.Created);
    }

    [Fact]
    public void WriteJson_NumberThatCouldNotBeMeasured_IsTheWordNaN()
    {
        using TemporaryFolder folder = new();
        Report(withAgainst: false).WriteJson(folder["r.json"]);

        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(folder["r.json"]));

        JsonElement depth = json.RootElement.GetProperty("run").GetProperty("tasks").EnumerateArray().Single(task => task.GetProperty("task").GetString() == "depth");
        Assert.Equal("NaN", depth.GetProperty("metrics")[0].GetProperty("value").GetString());
    }

    [Fact]
    public void Read_OtherJson_SaysSo()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("r.json", "{\"schema\": 1}"u8.ToArray());

        Assert.Contains("r.json", Assert.Throws<InvalidDataException>(() => EvaluationReport.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Markdown_OfAReport_HasTablesDigestProtocolAndWarnings()
    {
        string text = MarkdownReport.Of(Report(withAgainst: false));

        Assert.StartsWith("# m 2 on set val\n", text, StringComparison.Ordinal);
        Assert.Contains("`sha256:aa`", text, StringComparison.Ordinal);
        Assert.Contains("| protocol | `mtlora`: predictions and labels at 32x32 |", text, StringComparison.Ordinal);
        Assert.Contains("| data | set val, 2 of 9 pictures |", text, StringComparison.Ordinal);
        Assert.Contains("| sal | sal.miou | higher | 100.00 % | 62.35 | +60.38 % |", text, StringComparison.Ordinal);
        Assert.Contains("| **Delta-m** |", text, StringComparison.Ordinal);
        Assert.Contains("Fewer than three seeds: indicative only.", text, StringComparison.Ordinal);
        Assert.Contains("| class_0 | 100.00 | ", text, StringComparison.Ordinal);
        Assert.Contains("| depth | depth.rmse | lower | not measured |", text, StringComparison.Ordinal);
        Assert.Contains("- depth: none of 2 images has a label; nothing was measured\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\r", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Markdown_EveryTable_HasRowsOfOneWidth()
    {
        string[] lines = MarkdownReport.Of(Report(withAgainst: true)).Split('\n');

        int width = 0;
        foreach (string line in lines)
        {
            int cells = line.StartsWith('|') ? line.Count(letter => letter == '|') : 0;
            Assert.True(width == 0 || cells == 0 || cells == width, line);
            width = cells;
        }

        Assert.Contains(lines, line => line.Contains("against", StringComparison.Ordinal));
    }

    private static EvaluationReport Report(bool withAgainst)
    {
        Batch batch = Sets.Batch(2, 32);
        Batch without = batch with { Labels = batch.Labels.Where(entry => entry.Key != "depth").ToDictionary() };
        EvaluationScores scores = new Evaluator(Sets.Tasks).Run([without], _ => Sets.Perfect(batch));
        DeltaM delta = DeltaM.Of([.. scores.Tasks.Where(task => task.Task.Name == "sal")], Baselines.Paper);
        delta = delta with { Tasks = [.. scores.Tasks.Select(task => delta.Tasks[0] with { Task = task.Task.Name })] };
        ReportTask[] tasks = [.. scores.Tasks.Select(ReportTask.Of)];
        return new EvaluationReport
        {
            Tool = "ditask 0",
            Created = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
            Protocol = Evaluator.Protocol,
            InputSize = scores.InputSize,
            EdgeTolerance = 0.0075,
            Dataset = new ReportDataset("set val", 2, 9),
            Run = new ReportRun(new ReportModel("m", "c.pth") { Version = "2", Digest = "sha256:aa", SourceSha256 = "bb", Notice = "Untrained." }, tasks, delta),
            Against = withAgainst ? new ReportRun(new ReportModel("n", "d.pth") { Version = "1", Digest = "sha256:cc", SourceSha256 = "dd" }, tasks, delta) : null,
            Speed = new ReportSpeed("cpu", 4, 1.5, 2, 3),
            Warnings = [.. scores.Tasks.SelectMany(task => task.Warnings)],
        };
    }
}
