using DiTask.Model.Training;
using DiTask.Model.Training.Config;
using DiTask.Tests;

namespace DiTask.Model.Tests.Training.Config;

public sealed class ConfigFileTests
{
    [Fact]
    public void Parse_UnknownKeys_HaveTheirLineAndTheNearestName()
    {
        ConfigException error = Fails("data:\n  path: d\nbach: 4\noptimizer:\n  learning_rat: 1\n");

        Assert.Equal(2, error.Problems.Count);
        Assert.StartsWith("line 3: 'bach' is unknown; nearest is 'batch'", error.Problems[0], StringComparison.Ordinal);
        Assert.StartsWith("line 5: 'optimizer.learning_rat' is unknown; nearest is 'learning_rate'", error.Problems[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_ManyMistakes_AreAllNamed()
    {
        ConfigException error = Fails("batch: x\nema: 3\nadapter: {kind: lroa, cells: [1, 2]}\ntasks: [semsge]\nschedule: 4\nlosses: {weights: {dept: 1}}\n");

        string[] starts = ["line 1: 'batch' is a whole", "line 5: 'schedule' is a section", "'adapter.kind' is one of", "'tasks' is one of", "'losses.weights' is one", "'adapter.cells' is one number or", "'data.path' is missing", "'ema' is between"];
        Assert.Equal(starts.Length, error.Problems.Count);
        Assert.All(starts.Zip(error.Problems), pair => Assert.StartsWith(pair.First, pair.Second, StringComparison.Ordinal));
        Assert.Contains("8 mistakes", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data: {path: }", "'data.path' is missing")]
    [InlineData("data: {path: null}", "'data.path' is missing")]
    [InlineData("batch: 99999999999", "'batch' is a whole number")]
    [InlineData("batch: 1.5", "'batch' is a whole number")]
    [InlineData("batch: [8]", "'batch' is a whole number")]
    [InlineData("drop_path: .nan", "'drop_path' is a number")]
    [InlineData("seed: ''", "'seed' is a whole number")]
    [InlineData("tasks: [depth, depth]", "'tasks' names each task once")]
    [InlineData("tasks: [depth, ]\nadapter: {layers: [null]}", "'adapter.layers[0]' is empty")]
    [InlineData("tasks: {depth: 1}", "'tasks[0]' is a text")]
    [InlineData("network: {preset: [tiny]}", "'network.preset' is a text")]
    [InlineData("network: {depths: [2, 2]}", "have four numbers each")]
    [InlineData("network: {image_size: 0}", "'network' has a size below 1")]
    [InlineData("network: {image_size: 450}", "'network': ")]
    [InlineData("network: {num_heads: [5, 5, 5, 5]}", "96 channels are not divided by 5 heads")]
    [InlineData("checkpoints: {every_steps: 0}", "'checkpoints.every_steps' is at least 1; found 0")]
    [InlineData("data: {limit: 0}", "'data.limit' is at least 1; found 0")]
    [InlineData("validation: {patience: 0}", "'validation.patience' is at least 1; found 0")]
    [InlineData("threads: 0", "'threads' is at least 1; found 0")]
    [InlineData("device: gpu", "'device' is auto, cpu, cuda or cuda:N; found 'gpu'")]
    [InlineData("device: 'cuda:'", "found 'cuda:'")]
    [InlineData("losses: {weights: {depth: -1}}", "'losses.weights.depth' is not negative; found -1")]
    [InlineData("balancing: {method: dwa, dwa_temperature: 0}", "'balancing.dwa_temperature' is positive")]
    [InlineData("balancing: {method: mgda}\nadapter: {kind: frozen}", "nothing that they share is trained")]
    [InlineData("adapter: {kind: lora}\npenalties: {nuclear: 1}", "need adapter.kind ditask")]
    [InlineData("schedule: {epochs: 10, warmup_epochs: 20}", "'schedule.warmup_epochs' is between 0 and 10; found 20")]
    [InlineData("start: nowhere.pth", "'nowhere.pth' does not exist")]
    [InlineData("a: b: c", "line 1: not YAML")]
    [InlineData("batch: 1\nbatch: 2", "not YAML")]
    [InlineData("- 1", "expected keys and values")]
    [InlineData("8", "expected keys and values")]
    [InlineData("batch: &a [*a]", "'batch' is a whole number")]
    public void Parse_Mistake_IsSaid(string text, string expected) => Assert.Contains(expected, Fails(text).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_OneValue_IsAListOfOne()
    {
        RunConfig config = ConfigFile.Parse("data: {path: d}\ntasks: depth\nadapter: {cells: 32, extras: norms}", []);

        Assert.Equal(["depth"], config.Tasks);
        Assert.Equal([32], config.Adapter.Cells);
        Assert.Equal(["norms"], config.Adapter.Extras);
    }

    [Fact]
    public void Parse_Settings_ChangeAndAddValues()
    {
        RunConfig config = ConfigFile.Parse(
            "data: {path: d}\nbatch: 4\nema: 0.9", ["batch=2", "optimizer.learning_rate=1e-3", "adapter.cells=[4, 4, 8, 8]", "ema=null", "losses.weights.depth=3", "data.augment=none"]);

        Assert.Equal((2, 1e-3, null, 3.0, "none", "d"), (config.Batch, config.Optimizer.LearningRate, config.Ema, config.Losses.Weights["depth"], config.Data.Augment, config.Data.Path));
        Assert.Equal([4, 4, 8, 8], config.Adapter.Cells);
    }

    [Theory]
    [InlineData("batch")]
    [InlineData("=3")]
    [InlineData("batch=[")]
    [InlineData("batch.size=3")]
    [InlineData("bathc=3")]
    [InlineData("data.path.deep=3")]
    public void Parse_SettingIsWrong_IsSaid(string setting) => Assert.NotEmpty(Assert.Throws<ConfigException>(() => ConfigFile.Parse("data: {path: d}", [setting])).Problems);

    [Fact]
    public void Write_Defaults_ReadAsTheSame() => AssertRoundTrip(new RunConfig { Data = new DataOptions { Path = "." } });

    [Theory]
    [InlineData("a b")]
    [InlineData("it's #1: \"x\"")]
    [InlineData("123")]
    [InlineData("-")]
    [InlineData("null")]
    [InlineData("../x/ü")]
    public void Write_Texts_ReadAsTheSame(string path) => AssertRoundTrip(new RunConfig { Data = new DataOptions { Path = path } });

    [Fact]
    public void Write_EverythingChanged_ReadsAsTheSame()
    {
        using TemporaryFolder folder = new();
        AssertRoundTrip(new RunConfig
        {
            Seed = long.MinValue,
            Tasks = ["depth", "sal"],
            Start = folder.Write("start.pth", [1]),
            Network = new NetworkOptions { ImageSize = 64, PatchSize = 4, EmbedDim = 12, Depths = [1, 1, 1, 1], NumHeads = [1, 2, 4, 4], Window = 4 },
            Data = new DataOptions { Path = "d", Limit = 7 },
            Adapter = new AdapterOptions { Kind = "mtlora", Cells = [4, 8, 16, 32], Extras = [], Layers = ["mlp.fc1"], Alpha = 1.0 / 3 },
            Losses = new LossOptions { Weights = new Dictionary<string, double> { ["depth"] = 0.1, ["sal"] = 1e-7 } },
            Optimizer = new OptimizerConfig { LearningRate = 1e-4, AdapterDecay = 0, ScaleByBatch = true },
            Validation = new ValidationOptions { Baselines = "paper", Patience = 3 },
            Checkpoints = new CheckpointOptions { EverySteps = 10 },
            Ema = 0.999,
            Threads = 1,
            Device = "cuda:1",
        });
    }

    // The text holds every property, so that equal texts are equal configurations.
    private static void AssertRoundTrip(RunConfig config)
    {
        string text = ConfigFile.Write(config);
        RunConfig read = ConfigFile.Parse(text, []);

        Assert.Equal(text, ConfigFile.Write(read));
        Assert.Equal((config.Seed, config.Data.Path, config.Start, config.Ema, config.Adapter.Alpha), (read.Seed, read.Data.Path, read.Start, read.Ema, read.Adapter.Alpha));
        Assert.Equal(config.Tasks, read.Tasks);
        Assert.Equal(config.Losses.Weights, read.Losses.Weights);
    }

    private static ConfigException Fails(string text) => Assert.Throws<ConfigException>(() => ConfigFile.Parse(text, []));

    [Fact]
    public void TaskRelation_WithoutItsMatrix_IsAMistakeAndWithItIsNot()
    {
        const string text = "tasks: [sal, depth]\ndata: {path: .}\nbalancing: {method: task_relation}";
        const string matrix = "balancing.relations=[1, 0.5, 0.5, 1]";

        ConfigException mistake = Assert.Throws<ConfigException>(() => ConfigFile.Parse(text, []));
        RunConfig config = ConfigFile.Parse(text, [matrix]);

        Assert.Contains("'balancing.relations'", mistake.Message, StringComparison.Ordinal);
        using (config.Balancing.Create(config.Tasks, new Dictionary<string, double>(), 0))
        {
            Assert.Throws<TrainingException>(() => config.Balancing.Create(["sal", "depth", "edge"], new Dictionary<string, double>(), 0));
        }
    }
}
