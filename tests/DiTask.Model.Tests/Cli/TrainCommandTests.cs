using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using DiTask.Cli.Commands;
using DiTask.Model.Artifacts;
using DiTask.Model.Evaluation;
using DiTask.Model.Tests.Training;
using DiTask.Tests;

namespace DiTask.Model.Tests.Cli;

/// <summary>The command as people call it, and killed as they would not.</summary>
[Collection(TrainingTests.Name)]
public sealed class TrainCommandTests : IDisposable
{
    private const string Micro = """
        network: {image_size: 64, patch_size: 4, embed_dim: 12, depths: [1, 1, 1, 1], num_heads: [1, 2, 4, 4], window: 4, decoder_channels: [4, 8, 16, 16]}
        adapter: {cells: 8}
        schedule: {epochs: 3}
        validation: {every: 2}
        checkpoints: {every_steps: 1}
        data: {workers: 1}
        batch: 2
        ema: 0.9
        device: cpu
        threads: 1
        """;

    private readonly TemporaryFolder folder = new();
    private readonly string config;

    public TrainCommandTests()
    {
        ToyScenes.Write(folder["data"], train: 8, val: 2);
        config = folder["run.yaml"];
        File.WriteAllText(config, Micro);
    }

    private string Data => $"data.path={folder["data"]}";

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Invoke_KilledTwice_GoesOnWithTheNumbersOfAnUnbrokenRun()
    {
        Assert.Equal(0, await Finished("train", config, "--set", Data, "--out", folder["whole"]));

        await Killed(afterSteps: 3, "train", config, "--set", Data, "--out", folder["broken"]);
        await Killed(afterSteps: 8, "train", "--resume", folder["broken"]);
        Assert.Equal(0, await Finished("train", "--resume", folder["broken"]));

        (long Step, double Total)[] whole = Steps("whole");
        Assert.Equal(Enumerable.Range(1, 12).Select(step => (long)step), whole.Select(step => step.Step));
        Assert.Equal(whole, Steps("broken"));
        Assert.Equal(Table("whole"), Table("broken"));
        Assert.Equal(2, File.ReadLines(folder["broken/log.jsonl"]).Count(line => line.Contains("\"kind\":\"validation\"", StringComparison.Ordinal)));
        Assert.Equal(File.ReadAllBytes(folder["whole/last/model.safetensors"]), File.ReadAllBytes(folder["broken/last/model.safetensors"]));
        Assert.Equal(3, Directory.GetFiles(folder["broken/tensorboard"]).Length);
    }

    [Fact]
    public async Task Invoke_Interrupted_SavesAndSaysHowToGoOn()
    {
        using Process process = Start("train", config, "--set", Data, "--set", "checkpoints.every_steps=null", "--set", "schedule.epochs=500", "--set", "validation.every=0", "--out", folder["run"]);
        await WaitForSteps("run", 3);
        using (Process signal = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await signal.WaitForExitAsync();
        }

        string said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(130, process.ExitCode);
        Assert.Contains("--resume goes on from here", said, StringComparison.Ordinal);
        long saved = long.Parse(Path.GetFileName(Directory.GetDirectories(folder["run/checkpoints"]).Max())![5..17], CultureInfo.InvariantCulture);
        Assert.Equal(Steps("run")[^1].Step, saved);
    }

    [Fact]
    public void Invoke_RunThatIsComplete_SaysSoAndGoesOnWithMoreEpochs()
    {
        string[] quick = ["--set", "schedule.epochs=1", "--set", "validation.every=0"];
        Assert.Equal(0, Invoke(["train", config, "--set", Data, .. quick, "--out", folder["run"]]).Code);

        (int code, string output, _) = Invoke("train", "--resume", folder["run"]);
        Assert.Equal(0, code);
        Assert.Contains("the run is complete after 1 epochs", output, StringComparison.Ordinal);
        Assert.Equal(4, Steps("run").Length);

        Assert.Equal(0, Invoke("train", "--resume", folder["run"], "--set", "schedule.epochs=2").Code);
        Assert.Equal(8, Steps("run").Length);
        Assert.Contains("epochs: 2\n", File.ReadAllText(folder["run/config.yaml"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoke_NoRoomForTheNextCheckpoint_FailsAndKeepsTheLast()
    {
        string[] quick = ["--set", "schedule.epochs=1", "--set", "validation.every=0"];
        Assert.Equal(0, Invoke(["train", config, "--set", Data, .. quick, "--out", folder["run"]]).Code);
        string[] before = [.. Directory.GetFiles(folder["run/checkpoints"], "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        byte[] model = File.ReadAllBytes(folder["run/last/model.safetensors"]);

        // A file may have 64 KiB here, which a log needs and a checkpoint does not fit into.
        ProcessStartInfo limited = new("bash", ["-c", "trap '' XFSZ; ulimit -f 64; exec dotnet \"$@\"", "bash", Path.Combine(AppContext.BaseDirectory, "ditask.dll"), "train", "--resume", folder["run"], "--set", "schedule.epochs=2"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTNET_EnableWriteXorExecute"] = "0" },
        };
        using Process process = Process.Start(limited)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.True(process.ExitCode == 1, error + await output);
        Assert.StartsWith("ditask train: ", error, StringComparison.Ordinal);
        Assert.Contains("cannot be written", error, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFiles(folder["run/checkpoints"], "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
        Assert.Equal(model, File.ReadAllBytes(folder["run/last/model.safetensors"]));
        Assert.Equal(0, Invoke("train", "--resume", folder["run"]).Code);
        Assert.Equal(Enumerable.Range(1, 8).Select(step => (long)step), Steps("run").Select(step => step.Step));
    }

    [Fact]
    public void Invoke_EachTask_GivesBaselinesAndGoesOn()
    {
        string[] quick = ["--set", "schedule.epochs=1", "--set", "tasks=[depth,normals]", "--each-task", "--out", folder["single"]];
        (int code, string output, string error) = Invoke(["train", config, "--set", Data, .. quick]);
        byte[] model = File.ReadAllBytes(folder["single/depth/last/model.safetensors"]);
        (int again, string repeated, _) = Invoke(["train", config, "--set", Data, .. quick]);
        (int changed, _, string refused) = Invoke(["train", config, "--set", Data, "--set", "seed=5", .. quick]);
        (int both, _, string resumed) = Invoke("train", "--each-task", "--resume", folder["single"]);

        Assert.True(code == 0, error);
        Assert.Equal((0, 1, 1), (again, changed, both));
        Assert.Contains("baselines.json", output, StringComparison.Ordinal);
        Assert.Contains("the run is complete", repeated, StringComparison.Ordinal);
        Assert.Contains("other settings", refused, StringComparison.Ordinal);
        Assert.Contains("--each-task goes on by itself", resumed, StringComparison.Ordinal);
        Assert.Equal(model, File.ReadAllBytes(folder["single/depth/last/model.safetensors"]));
        Baselines baselines = Baselines.Open(folder["single/baselines.json"]);
        Assert.Equal(["depth", "normals"], baselines.Tasks.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("depth.rmse", baselines.Tasks["depth"].Metric);

        (int multi, string trained, _) = Invoke(["train", config, "--set", Data, "--set", "schedule.epochs=2", "--set", "tasks=[depth,normals]", "--set", $"validation.baselines={folder["single/baselines.json"]}", "--out", folder["multi"]]);
        Assert.Equal(0, multi);
        Assert.Contains("score", trained, StringComparison.Ordinal);
    }

    [Fact]
    public void Invoke_Adapter_FoldsWithItsBaseOnly()
    {
        string[] quick = ["--set", "schedule.epochs=1", "--set", "validation.every=0"];
        Assert.Equal(0, Invoke(["train", config, "--set", Data, .. quick, "--out", folder["first"]]).Code);
        string start = folder["first/last/model.safetensors"];
        Assert.Equal(0, Invoke(["train", config, "--set", Data, "--set", $"start={start}", .. quick, "--out", folder["second"]]).Code);
        string adapter = folder["second/last/adapter.safetensors"];

        (int without, _, string needs) = Invoke("fold", adapter, "--out", folder["model"]);
        (int wrong, _, string other) = Invoke("fold", adapter, "--base", adapter, "--out", folder["model"]);
        (int whole, _, string useless) = Invoke("fold", start, "--base", start, "--out", folder["model"]);
        (int code, _, string error) = Invoke("fold", adapter, "--base", start, "--out", folder["model"]);

        Assert.Equal((1, 1, 1, 0), (without, wrong, whole, code));
        Assert.Contains("the checkpoint that the run started from", needs, StringComparison.Ordinal);
        Assert.Contains("digest", other, StringComparison.Ordinal);
        Assert.Contains("is a whole model", useless, StringComparison.Ordinal);
        Assert.DoesNotContain("ditask fold:", error, StringComparison.Ordinal);
        Assert.Equal(0, Invoke("fold", folder["second/last/model.pth"], "--out", folder["same"]).Code);
        Assert.Equal(File.ReadAllBytes(Path.Combine(folder["same"], "weights.bin")), File.ReadAllBytes(Path.Combine(folder["model"], "weights.bin")));
        Assert.Equal(4, ModelFolder.Open(folder["model"]).Manifest.Tasks.Count);
    }

    [Fact]
    public void Invoke_DryRun_PrintsParametersAndCostsAndLeavesNothing()
    {
        (int code, string output, string error) = Invoke("train", config, "--set", Data, "--dry-run");

        Assert.True(code == 0, error);
        Assert.Contains("thetas", output, StringComparison.Ordinal);
        Assert.Matches(@"pictures +8, 4 steps of 2 an epoch\n", output);
        Assert.Matches(@"multiply-adds +0\.\d+ x 10\^9 a picture", output);
        Assert.Matches(@"a step +[\d.]+ s, so an epoch 0:\d\d and 3 of them 0:\d\d, without evaluations\n", output);
        Assert.Matches(@"memory of the process +[\d,]+ MiB\n", output);
        Assert.Equal(["data", "run.yaml"], folder.Names());
    }

    [Fact]
    public void Invoke_PrintConfig_IsWhatARunWouldKeep()
    {
        (int code, string output, _) = Invoke("train", config, "--set", Data, "--set", "adapter.kind=lora", "--print-config");

        Assert.Equal(0, code);
        Assert.Contains("  kind: lora\n", output, StringComparison.Ordinal);
        Assert.Contains("  learning_rate: 0.0005\n", output, StringComparison.Ordinal);
    }

    public static TheoryData<string[], string> Mistakes => new()
    {
        { ["train"], "expected a configuration file" },
        { ["train", "nowhere.yaml", "--out", "x"], "nowhere.yaml" },
        { ["train", "--set", "data.path=nowhere", "--out", "x"], "nowhere" },
        { ["train", "CONFIG", "--set", "data.path=DATA"], "a new run needs --out" },
        { ["train", "CONFIG", "--set", "data.path=DATA", "--set", "tasks=[edge]", "--out", "x"], "edge" },
        { ["train", "CONFIG", "--set", "data.path=DATA", "--set", "batch=9", "--out", "x"], "less than one batch of 9" },
        { ["train", "CONFIG", "--set", "data.path=DATA", "--set", "data.val=test", "--out", "x"], "test" },
        { ["train", "CONFIG", "--set", "data.path=DATA", "--set", "validation.baselines=none.json", "--out", "x"], "none.json" },
        { ["train", "CONFIG", "--set", "data.path=DATA", "--set", "start=CONFIG", "--out", "x"], "is no checkpoint" },
        { ["train", "CONFIG", "--set", "data.path=DATA", "--set", "device=cuda:99", "--out", "x"], "cuda:99" },
        { ["train", "--resume", "nowhere"], "nowhere" },
        { ["train", "CONFIG", "--resume", "nowhere"], "leave" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Invoke_Mistake_IsOneLineAndLeavesNoFolder(string[] arguments, string expected)
    {
        string[] filled = [.. arguments.Select(argument => argument switch
        {
            "CONFIG" => config,
            "x" => folder["x"],
            _ => argument.Replace("CONFIG", config, StringComparison.Ordinal).Replace("DATA", folder["data"], StringComparison.Ordinal),
        })];

        (int code, _, string error) = Invoke(filled);

        Assert.Equal(1, code);
        Assert.StartsWith("ditask train: ", error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["x"]));
    }

    private static (int Code, string Output, string Error) Invoke(params string[] arguments)
    {
        TextWriter output = Console.Out, error = Console.Error;
        using StringWriter said = new(), complained = new();
        Console.SetOut(said);
        Console.SetError(complained);
        try
        {
            int code = new RootCommand { TrainCommand.Create(), FoldCommand.Create() }.Parse(arguments).Invoke();
            return (code, said.ToString(), complained.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }

    // Whoever runs the tests in the background may have had the signal ignored, which children inherit.
    private static Process Start(params string[] arguments) => Process.Start(
        new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", Path.Combine(AppContext.BaseDirectory, "ditask.dll"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    private static async Task<int> Finished(params string[] arguments)
    {
        using Process process = Start(arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, error + await output);
        return process.ExitCode;
    }

    private async Task Killed(int afterSteps, params string[] arguments)
    {
        using Process process = Start(arguments);
        await WaitForSteps("broken", afterSteps);
        process.Kill();
        await process.WaitForExitAsync();
        Assert.NotEqual(0, process.ExitCode);
    }

    private async Task WaitForSteps(string run, int count)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(2));
        while (!File.Exists(folder[$"{run}/steps.csv"]) || File.ReadLines(folder[$"{run}/steps.csv"]).Count() <= count)
        {
            await Task.Delay(10, limit.Token);
        }
    }

    private (long Step, double Total)[] Steps(string run) =>
    [
        .. File.ReadLines(folder[$"{run}/log.jsonl"]).Select(line => JsonDocument.Parse(line).RootElement)
            .Where(line => line.GetProperty("kind").GetString() == "step")
            .Select(line => (line.GetProperty("step").GetInt64(), line.GetProperty("total").GetDouble())),
    ];

    // Without the pace, which is the machine's.
    private string[] Table(string run) => [.. File.ReadLines(folder[$"{run}/steps.csv"]).Select(line => line[..line.LastIndexOf(',')])];
}
