using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using DiTask.Cli.Commands;
using DiTask.Model.Diagnosis;
using DiTask.Model.Diagnosis.Reports;
using DiTask.Model.Diagnosis.Signals;
using DiTask.Model.Tests.Training;
using DiTask.Model.Training.Config;
using DiTask.Tests;

namespace DiTask.Model.Tests.Cli;

/// <summary>The command as people call it, on a model of two steps.</summary>
[Collection(TrainingTests.Name)]
public sealed class DiagnoseCommandTests : IClassFixture<DiagnoseCommandTests.TwoSteps>, IDisposable
{
    private readonly TwoSteps run;
    private readonly TemporaryFolder folder = new();

    public DiagnoseCommandTests(TwoSteps run) => this.run = run;

    public static TheoryData<string[], string> Mistakes => new()
    {
        { ["MODEL"], "--data" },
        { ["--data", "DATA"], "CHECKPOINT" },
        { ["MODEL", "--data", "DATA", "--no-such-option"], "--no-such-option" },
        { ["MODEL", "--data", "DATA", "--batches", "many"], "many" },
        { ["MODEL", "--data", "DATA", "--batches", "0"], "--batches: expected 1 or more; found 0" },
        { ["MODEL", "--data", "DATA", "--format", "coco"], "coco" },
        { ["nowhere.pth", "--data", "DATA"], "nowhere.pth: there is no such file" },
        { ["DATA/dataset.json", "--data", "DATA"], "dataset.json" },
        { ["MODEL", "--data", "nowhere"], "nowhere" },
        { ["MODEL", "--data", "DATA", "--val-split", "test"], "test" },
        { ["MODEL", "--data", "DATA", "--tasks", "depth,edge"], "There is no edge: the model has " },
        { ["MODEL", "--data", "DEPTH"], "the data set labels depth." },
        { ["MODEL", "--data", "DEPTH", "--tasks", "depth,sal"], "There is no sal: the model has " },
        { ["MODEL", "--data", "DATA", "--earlier", "nowhere.pth"], "nowhere.pth: there is no such file" },
        { ["MODEL", "--data", "DATA", "--baselines", "none.json"], "none.json" },
        { ["MODEL", "--data", "DATA", "--single", "depth"], "--single: expected TASK=FILE, each task once; found 'depth'" },
        { ["MODEL", "--data", "DATA", "--single", "edge=MODEL"], "A single-task checkpoint of edge was given" },
        { ["MODEL", "--data", "DATA", "--single", "depth=nowhere.pth"], "nowhere.pth: there is no such file" },
        { ["MODEL", "--data", "DATA", "--device", "tpu"], "'device' is auto, cpu, cuda or cuda:N; found 'tpu'" },
        { ["MODEL", "--data", "DATA", "--device", "cuda:99"], "cuda:99" },
    };

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Process_ModelAndData_WritesThePageAndTheNumbers()
    {
        using Process process = Process.Start(new ProcessStartInfo("dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "ditask.dll"), "diagnose", run.Model, "--data", run.Data, "--tasks", "sal,depth", "--single", $"depth={run.Model}",
            "--batches", "1", "--batch-size", "2", "--steps", "1", "--device", "cpu", "--out", folder["report"],
        ]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> complained = process.StandardError.ReadToEndAsync();
        string said = await process.StandardOutput.ReadToEndAsync();
        string error = await complained;
        await process.WaitForExitAsync();

        Assert.True(process.ExitCode == 0, error);
        Assert.StartsWith("Keep sharing. ", said, StringComparison.Ordinal);
        Assert.Contains("  2 Heads overloaded, not judged: Half judged.", said, StringComparison.Ordinal);
        Assert.Contains(ReportFiles.Html, said, StringComparison.Ordinal);
        Assert.Contains("training depth alone for 1 steps", error, StringComparison.Ordinal);
        Assert.Equal([ReportFiles.Html, ReportFiles.Json], Directory.GetFiles(folder["report"]).Select(Path.GetFileName).Order());
        Assert.EndsWith("</html>", File.ReadAllText(folder[$"report/{ReportFiles.Html}"]).TrimEnd(), StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(folder[$"report/{ReportFiles.Json}"]));
        Assert.Equal(["sal", "depth"], json.RootElement.GetProperty("tasks").EnumerateArray().Select(task => task.GetString()));
        Assert.Equal(4, json.RootElement.GetProperty("signals").GetArrayLength());
        Assert.Equal(0, json.RootElement.GetProperty("probes")[0].GetProperty("difference").GetDouble());
    }

    [Fact]
    public void Print_VerdictToSplit_HasTheSharedAndTheSeparateConfigurations()
    {
        DiagnosisReport report = new Diagnoser(
            new DiagnosisOptions { Checkpoint = run.Model, Data = run.Data, Batches = 1, BatchSize = 2, Steps = 1, Device = "cpu" }, _ => { }, TimeProvider.System).Run();
        DiagnosisReport split = report with { Verdict = Verdict.Of([.. report.Signals.Select((signal, index) => signal with { State = index < 3 ? SignalState.Present : SignalState.Unknown })]) };
        using StringWriter keep = new(), apart = new();

        DiagnoseCommand.Print(report, keep);
        DiagnoseCommand.Print(split, apart);

        Assert.DoesNotContain("# shared", keep.ToString(), StringComparison.Ordinal);
        string[] configs = apart.ToString().Split("\n# ")[1..];
        Assert.StartsWith("shared\n", configs[0], StringComparison.Ordinal);
        Assert.True(configs.Length > 2);
        Assert.All(configs[1..], config => Assert.StartsWith("separate: ", config, StringComparison.Ordinal));
        IReadOnlyList<string>[] tasks = [.. configs.Select(config => ConfigFile.Parse(config[config.IndexOf('\n', StringComparison.Ordinal)..], []).Tasks)];
        Assert.Equal(report.Tasks, tasks[0]);
        Assert.Equal(report.Tasks.Order(), tasks[1..].SelectMany(group => group).Order());
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Invoke_Mistake_IsSaidAndLeavesNoReport(string[] arguments, string expected)
    {
        string[] filled = [.. arguments.Select(argument => argument
            .Replace("MODEL", run.Model, StringComparison.Ordinal)
            .Replace("DATA", run.Data, StringComparison.Ordinal)
            .Replace("DEPTH", run.OnlyDepth, StringComparison.Ordinal))];
        using StringWriter said = new(), complained = new();

        int code = new RootCommand { DiagnoseCommand.Create() }.Parse(["diagnose", .. filled, "--out", folder["report"]]).Invoke(new InvocationConfiguration { Output = said, Error = complained });

        Assert.Equal(1, code);
        Assert.Contains(expected, complained.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["report"]));
    }

    /// <summary>A run of two steps, its data, and the same pictures with labels of one task only.</summary>
    public sealed class TwoSteps : IDisposable
    {
        private readonly ToyRun toy = new(train: 4, val: 2);

        public TwoSteps()
        {
            RunConfig config = toy.Config with { Batch = 2, Schedule = new ScheduleOptions { Epochs = 1, WarmupEpochs = 0 } };
            Model = Path.Combine(toy.Run(config, "run").Last, "model.safetensors");
            Assert.Equal(2, toy.Steps.Count);
            OnlyDepth = toy["only-depth"];
            foreach (string file in Directory.GetFiles(toy.Data, "*", SearchOption.AllDirectories))
            {
                string target = Path.Combine(OnlyDepth, Path.GetRelativePath(toy.Data, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }

            foreach (string task in (string[])["semseg", "normals", "sal"])
            {
                Directory.Delete(Path.Combine(OnlyDepth, task), recursive: true);
            }
        }

        internal string Model { get; }

        internal string Data => toy.Data;

        internal string OnlyDepth { get; }

        public void Dispose() => toy.Dispose();
    }
}
