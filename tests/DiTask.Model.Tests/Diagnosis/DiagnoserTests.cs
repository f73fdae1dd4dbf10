using System.Text.Json;
using DiTask.Model.Diagnosis;
using DiTask.Model.Diagnosis.Gradients;
using DiTask.Model.Diagnosis.Reports;
using DiTask.Model.Diagnosis.Signals;
using DiTask.Model.Tests.Training;
using DiTask.Model.Training;
using DiTask.Model.Training.Config;
using DiTask.Tests;

namespace DiTask.Model.Tests.Diagnosis;

[Collection(TrainingTests.Name)]
public sealed class DiagnoserTests
{
    [Fact]
    public void Run_CheckpointOfARun_WritesAReportOfEverything()
    {
        using ToyRun toy = new();
        string first = Path.Combine(toy.Run(toy.Config with { Schedule = new ScheduleOptions { Epochs = 1, WarmupEpochs = 0 } }, "first").Last, "model.safetensors");
        string last = Path.Combine(toy.Run(toy.Config with { Optimizer = new OptimizerConfig { LearningRate = 5e-3 }, Schedule = new ScheduleOptions { Epochs = 4, WarmupEpochs = 0 } }, "last").Last, "model.safetensors");
        byte[] before = File.ReadAllBytes(last);

        DiagnosisReport report = Diagnose(new DiagnosisOptions { Checkpoint = last, Data = toy.Data, Batches = 4, Steps = 2, Pictures = 4, Earlier = first, Singles = new Dictionary<string, string> { ["depth"] = first, ["sal"] = last } });
        ReportFiles.Write(report, toy["report"]);

        string[] tasks = ["semseg", "normals", "sal", "depth"];
        Assert.Equal(tasks.Order(), report.Tasks.Order());
        Assert.Equal(["stem", "stage 0", "stage 1", "stage 2", "stage 3", "all"], report.Gradients.Select(group => group.Group));
        Assert.All(report.Gradients, group => Assert.Equal(6, group.Pairs.Count));
        Assert.Equal(report.Gradients[^1].Parameters, report.Gradients.SkipLast(1).Sum(group => group.Parameters));
        Assert.All(report.Gradients.SelectMany(group => group.Pairs), pair => Assert.InRange(pair.Cosine, -1, 1));
        Assert.All(report.Tasks.Select((_, index) => report.Affinity[index, index]), own => Assert.True(own > 0, $"a step for a task makes it better itself: {own}"));
        Assert.Equal(4, report.Changes!.Rows.Count);
        Assert.Equal(SignalState.Unknown, report.Signals[0].State);
        Assert.Equal(["sal", "depth"], report.Probes.Select(probe => probe.Task));
        Assert.Equal((0, 0, 4), (report.Probes[0].Difference, report.Probes[0].Error, report.Probes[0].Pictures));
        Assert.NotEqual(0, report.Probes[1].Difference);
        Assert.All(report.Probes, probe => Assert.InRange(probe.Shared, -1, 1));
        Assert.NotEqual(SignalState.Unknown, report.Signals[2].State);
        Assert.NotEmpty(report.Spectra);
        Assert.Contains(report.Spectra.SelectMany(layer => layer.Streams), stream => stream.Change > 0);
        Assert.Equal(before, File.ReadAllBytes(last));
        AssertSelfContained(File.ReadAllText(Path.Combine(toy["report"], ReportFiles.Html)));
        Assert.Contains("&lt;b&gt;&amp;", HtmlReport.Write(report with { Checkpoint = "<b>&" }), StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", HtmlReport.Write(report with { Checkpoint = "<b>&" }), StringComparison.Ordinal);
        Assert.Contains("No earlier checkpoint was given", HtmlReport.Write(report with { Changes = null }), StringComparison.Ordinal);
        Assert.DoesNotContain("Configurations to run", HtmlReport.Write(report with { Verdict = report.Verdict with { Advice = Verdict.Keep } }), StringComparison.Ordinal);
        Assert.Contains("Configurations to run", HtmlReport.Write(report with { Verdict = report.Verdict with { Advice = Verdict.Split } }), StringComparison.Ordinal);
        Assert.All(report.Configs, config => ConfigFile.Parse(config.Yaml, []));
        Assert.Equal([ReportFiles.Html, ReportFiles.Json], Directory.GetFiles(toy["report"]).Select(Path.GetFileName).Order());
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(toy["report"], ReportFiles.Json)));
        Assert.Equal(report.Gradients[0].Pairs[0].Cosine, json.RootElement.GetProperty("gradients")[0].GetProperty("pairs")[0].GetProperty("cosine").GetDouble());
    }

    [Fact]
    public void Run_RateZero_InterferesExactlyNowhere()
    {
        using ToyRun toy = new();
        string model = Path.Combine(toy.Run(toy.Config, "run").Last, "model.pth");

        DiagnosisReport report = Diagnose(new DiagnosisOptions { Checkpoint = model, Data = toy.Data, Batches = 1, Steps = 2, Rate = 0, LookaheadRate = 0, Pictures = 4 });

        Assert.All(report.Interference.Rows, row => Assert.All(row, value => Assert.Equal(0, value)));
        Assert.All(report.Affinity.Rows, row => Assert.All(row, value => Assert.Equal(0, value)));
    }

    [Fact]
    public void Run_AuthorsLayout_HasTheThetasAndLossesOfOurFile()
    {
        using ToyRun toy = new();
        TrainingResult result = toy.Run(toy.Config with { Optimizer = new OptimizerConfig { LearningRate = 1e-2 } }, "run");
        DiagnosisOptions options = new() { Checkpoint = "", Data = toy.Data, Batches = 1, BatchSize = 4, Steps = 1, Pictures = 4, Rate = 1e-3 };

        DiagnosisReport ours = Diagnose(options with { Checkpoint = Path.Combine(result.Last, "model.safetensors") });
        DiagnosisReport authors = Diagnose(options with { Checkpoint = Path.Combine(result.Last, "model.pth"), ImageSize = ToyScenes.Size });

        Assert.Equal(ours.Norms.Select(task => task.Loss), authors.Norms.Select(task => task.Loss));
        Assert.Equal(ours.Spectra.SelectMany(layer => layer.Streams).SelectMany(stream => stream.Theta), authors.Spectra.SelectMany(layer => layer.Streams).SelectMany(stream => stream.Theta));
        Assert.Contains(authors.Notes, note => note.Contains("does not say how it was trained", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_SingleTaskCheckpointOfNoTaskHere_IsRefused()
    {
        using ToyRun toy = new();
        RunConfig quick = toy.Config with { Schedule = new ScheduleOptions { Epochs = 1, WarmupEpochs = 0 } };
        string model = Path.Combine(toy.Run(quick, "run").Last, "model.safetensors");
        string depth = Path.Combine(toy.Run(quick with { Tasks = ["depth"] }, "depth").Last, "model.safetensors");
        DiagnosisOptions options = new() { Checkpoint = model, Data = toy.Data, Device = "cpu" };

        DiagnosisException edge = Assert.Throws<DiagnosisException>(() => Diagnose(options with { Singles = new Dictionary<string, string> { ["edge"] = depth } }));
        DiagnosisException sal = Assert.Throws<DiagnosisException>(() => Diagnose(options with { Singles = new Dictionary<string, string> { ["sal"] = depth } }));
        DiagnosisException alone = Assert.Throws<DiagnosisException>(() => Diagnose(options with { Checkpoint = depth }));

        Assert.Contains("A single-task checkpoint of edge was given; expected one of semseg", edge.Message, StringComparison.Ordinal);
        Assert.Contains("has no sal; its single-task checkpoint has that task", sal.Message, StringComparison.Ordinal);
        Assert.Contains("It takes two tasks or more: the model has depth", alone.Message, StringComparison.Ordinal);
    }

    // Nothing is fetched and nothing runs, and every drawing is a well-formed picture of its own.
    private static void AssertSelfContained(string page)
    {
        Assert.DoesNotMatch("(?i)https?:|<script|<link|<img|@import|url\\(|\\ssrc=|\\shref=", page);
        string[] drawings = [.. System.Text.RegularExpressions.Regex.Matches(page, "<svg.*?</svg>", System.Text.RegularExpressions.RegexOptions.Singleline).Select(match => match.Value)];
        Assert.True(drawings.Length > 20, $"{drawings.Length} drawings");
        Assert.All(drawings, drawing => System.Xml.Linq.XElement.Parse(drawing));
        Assert.All(drawings, drawing => Assert.DoesNotContain("NaN", drawing, StringComparison.Ordinal));
    }

    private static DiagnosisReport Diagnose(DiagnosisOptions options) => new Diagnoser(options, _ => { }, TimeProvider.System).Run();
}
