using DiTask.Model.Checkpoints;
using DiTask.Model.Folding;
using DiTask.Model.Training;
using DiTask.Model.Training.Config;
using DiTask.Model.Training.Runs;
using DiTask.Tests;

namespace DiTask.Model.Tests.Training;

[Collection(TrainingTests.Name)]
public sealed class TrainerTests
{
    public static TheoryData<string> Kinds => [.. AdapterOptions.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Run_EveryAdapter_KnowsEightPicturesByHeartAndFolds(string kind)
    {
        using ToyRun toy = new(border: 4);
        RunConfig config = toy.Config with
        {
            Adapter = toy.Config.Adapter with { Kind = kind },
            Schedule = new ScheduleOptions { Epochs = 100, WarmupEpochs = 0 },
            Optimizer = new OptimizerConfig { LearningRate = 1e-2, AdapterDecay = 0 },
            Batch = 8,
        };

        TrainingResult result = toy.Run(config, "run");

        Assert.All(toy.Steps[^1].Losses, loss => Assert.InRange(loss.Value, 0, 0.03 * toy.Steps[0].Losses[loss.Key]));
        FoldResult folded = Fold.Run(new FoldOptions { Checkpoint = Path.Combine(result.Last, "model.safetensors"), Output = toy["folded"] });
        Assert.Equal(["wall", "red", "green"], folded.Folder!.Manifest.Tasks.Single(task => task.Info.Name == "semseg").Info.Classes.Select(item => item.Name));
        Assert.All(folded.Deviations, deviation => Assert.True(deviation.Accepted, $"{kind} {deviation}"));
    }

    /// <summary>A second thread makes a step of a small network slower, so the default does not take one.</summary>
    [Theory]
    [InlineData(null, 1)]
    [InlineData(2, 2)]
    public void Begin_SmallNetwork_TakesOneThreadUnlessToldOtherwise(int? threads, int expected)
    {
        using ToyRun toy = new();

        using Trainer trainer = Trainer.Begin(toy.Config with { Threads = threads }, toy["run"]);

        Assert.InRange(trainer.Parameters.Total, 1, 4_000_000);
        Assert.Equal(expected, TorchSharp.torch.get_num_threads());
    }

    [Fact]
    public void Resume_AfterAStop_GivesTheNumbersOfAnUnbrokenRun()
    {
        using ToyRun toy = new();
        RunConfig config = toy.Config with
        {
            Schedule = new ScheduleOptions { Epochs = 4, WarmupEpochs = 1 },
            Adapter = toy.Config.Adapter with { Dropout = 0.1 },
            Balancing = new BalancingConfig { Method = "uncertainty" },
            DropPath = 0.2,
            Ema = 0.9,
            Accumulate = 2,
            Batch = 2,
            Checkpoints = new CheckpointOptions { EverySteps = 1 },
            Data = toy.Config.Data with { Augment = "flip" },
        };
        toy.Run(config, "whole");
        StepReport[] whole = [.. toy.Steps];
        toy.Steps.Clear();
        using CancellationTokenSource stop = new();
        Stopper stopper = new(stop, after: 3);

        using (Trainer first = Trainer.Begin(config, toy["broken"], toy, stopper))
        {
            Assert.ThrowsAny<OperationCanceledException>(() => first.Run(stop.Token));
        }

        using (Trainer second = Trainer.Resume(toy["broken"], [], toy))
        {
            second.Run();
        }

        Assert.Equal(whole.Select(step => (step.Step, step.Total, step.GradientNorm)), toy.Steps.Select(step => (step.Step, step.Total, step.GradientNorm)));
        AssertSameModel(Path.Combine(toy["whole"], "last", "model.safetensors"), Path.Combine(toy["broken"], "last", "model.safetensors"));
        long[] steps = [.. File.ReadLines(Path.Combine(toy["broken"], "steps.csv")).Skip(1).Select(line => long.Parse(line.Split(',')[0], System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(whole.Select(step => step.Step), steps);
    }

    [Fact]
    public void Run_FrozenTensors_StayBitForBit()
    {
        using ToyRun toy = new();
        RunConfig config = toy.Config with { Seed = 3, Adapter = toy.Config.Adapter with { Extras = [] } };
        string start = toy["start.safetensors"];
        TrainingResult first = toy.Run(config with { Schedule = new ScheduleOptions { Epochs = 1, WarmupEpochs = 0 } }, "first");
        File.Copy(Path.Combine(first.Last, "model.safetensors"), start);

        TrainingResult second = toy.Run(config with { Start = start }, "second");

        using CheckpointFile before = CheckpointFile.Open(start);
        using CheckpointFile after = CheckpointFile.Open(Path.Combine(second.Last, "model.safetensors"));
        string[] frozen = [.. before.Tensors.Keys.Where(key => key.StartsWith("backbone.", StringComparison.Ordinal) && !key.Contains("lora_", StringComparison.Ordinal))];
        Assert.All(frozen, key => Assert.Equal(before.Tensors[key].ReadSingles(), after.Tensors[key].ReadSingles()));
        Assert.Contains(before.Tensors.Keys.Where(key => key.Contains("lora_shared_A", StringComparison.Ordinal)), key => !before.Tensors[key].ReadSingles().SequenceEqual(after.Tensors[key].ReadSingles()));
    }

    [Fact]
    public void Run_WithReconstruction_ShapesTheFeaturesAndExportsNoDecoder()
    {
        using ToyRun toy = new();
        RunConfig plain = toy.Config with { Adapter = toy.Config.Adapter with { Kind = "extras" }, Optimizer = new OptimizerConfig { LearningRate = 1e-3 } };
        TrainingResult without = toy.Run(plain, "without");
        StepReport[] usual = [.. toy.Steps];
        toy.Steps.Clear();

        TrainingResult with = toy.Run(plain with { Penalties = new PenaltyOptions { Reconstruction = 0.1 } }, "with");

        Assert.Equal(usual[0].Losses, toy.Steps[0].Losses);
        Assert.True(toy.Steps[0].Total > usual[0].Total);
        Assert.NotEqual(usual[^1].Losses, toy.Steps[^1].Losses);
        Assert.True(toy.Steps[^1].Total - toy.Steps[^1].Losses.Sum(loss => loss.Value * toy.Steps[^1].Weights[loss.Key]) < toy.Steps[0].Total - usual[0].Total);
        Assert.All(["model.safetensors", "adapter.safetensors"], name => Assert.Equal(Keys(without, name), Keys(with, name)));

        static string[] Keys(TrainingResult result, string name)
        {
            using CheckpointFile file = CheckpointFile.Open(Path.Combine(result.Last, name));
            return [.. file.Tensors.Keys];
        }
    }

    [Fact]
    public void Run_OnAttributes_GivesABackboneAndNothingToServe()
    {
        using ToyRun toy = new();
        Directory.Move(Path.Combine(toy.Data, "semseg"), Path.Combine(toy.Data, "attr_paint"));
        string description = Path.Combine(toy.Data, "dataset.json");
        File.WriteAllText(description, File.ReadAllText(description).Replace("semseg", "attr_paint", StringComparison.Ordinal));
        RunConfig config = toy.Config with { Tasks = ["attr_paint"], Adapter = toy.Config.Adapter with { Kind = "full" }, Validation = new ValidationOptions { Every = 2 } };

        TrainingResult pretrained = toy.Run(config, "pretrained");
        string start = Path.Combine(pretrained.Last, "model.safetensors");
        FoldException refused = Assert.Throws<FoldException>(() => Fold.Run(new FoldOptions { Checkpoint = start, Output = toy["folded"] }));
        TrainingResult adapted = toy.Run(toy.Config with { Tasks = ["depth"], Start = start, Adapter = toy.Config.Adapter with { Kind = "frozen" } }, "adapted");

        Assert.Equal("attr_paint.miou", Assert.Single(toy.Validations[0].Scores).Headline.Name);
        Assert.Contains("attr_paint is an attribute to pretrain on", refused.Message, StringComparison.Ordinal);
        using CheckpointFile before = CheckpointFile.Open(start);
        using CheckpointFile after = CheckpointFile.Open(Path.Combine(adapted.Last, "model.safetensors"));
        Assert.All(before.Tensors.Keys.Where(key => key.StartsWith("backbone.", StringComparison.Ordinal)), key => Assert.Equal(before.Tensors[key].ReadSingles(), after.Tensors[key].ReadSingles()));
    }

    [Fact]
    public void Validate_KeepsTheBestAndStopsEarly()
    {
        using ToyRun toy = new();
        RunConfig config = toy.Config with
        {
            Schedule = new ScheduleOptions { Epochs = 50, WarmupEpochs = 0 },
            Optimizer = new OptimizerConfig { LearningRate = 1e-12 },
            Validation = new ValidationOptions { Every = 1, Patience = 2, MinDelta = 1000 },
        };

        TrainingResult result = toy.Run(config, "run");

        Assert.Equal(3, toy.Validations.Count);
        Assert.True(toy.Validations[0].IsBest);
        Assert.Contains(toy.Notices, notice => notice.StartsWith("stopped early", StringComparison.Ordinal));
        Assert.True(File.Exists(Path.Combine(result.Best, "model.pth")));
        Assert.Equal(["depth", "normals", "sal", "semseg"], toy.Validations[0].Scores.Select(task => task.Task.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Adapter_JoinedWithItsBackbone_IsTheWholeModel()
    {
        using ToyRun toy = new();
        TrainingResult first = toy.Run(toy.Config, "first");
        string start = Path.Combine(first.Last, "model.safetensors");
        TrainingResult second = toy.Run(toy.Config with { Start = start, Adapter = toy.Config.Adapter with { Kind = "lora" } }, "second");
        string adapter = Path.Combine(second.Last, "adapter.safetensors");

        AdapterFile.Join(adapter, start, toy["joined.safetensors"]);

        AssertSameModel(Path.Combine(second.Last, "model.safetensors"), toy["joined.safetensors"]);
        TrainingException refused = Assert.Throws<TrainingException>(() => AdapterFile.Join(adapter, adapter, toy["other.safetensors"]));
        Assert.Contains("digest", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(toy["other.safetensors"]));
    }

    [Fact]
    public void Begin_RunIsThereAlready_IsRefusedAndKept()
    {
        using ToyRun toy = new();
        toy.Run(toy.Config with { Schedule = new ScheduleOptions { Epochs = 1, WarmupEpochs = 0 } }, "run");

        TrainingException refused = Assert.Throws<TrainingException>(() => Trainer.Begin(toy.Config, toy["run"]));

        Assert.Contains("--resume", refused.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(toy["run"], "last", "model.pth")));
    }

    [Fact]
    public void Export_Pth_HasEveryTensorOfTheAuthorsLayout()
    {
        using ToyRun toy = new();
        TrainingResult result = toy.Run(toy.Config with { Schedule = new ScheduleOptions { Epochs = 1, WarmupEpochs = 0 } }, "run");

        using CheckpointFile file = CheckpointFile.Open(Path.Combine(result.Last, "model.pth"));

        Assert.Equal(1, file.Epoch);
        Assert.Equal([1, 7], file.Tensors["backbone.layers.0.blocks.0.attn.qkv.lora_shared_A"].Shape);
        Assert.Equal([1, 3], file.Tensors["backbone.layers.0.blocks.0.attn.qkv.lora_tasks_A.depth"].Shape);
        Assert.Equal([16, 16], file.Tensors["backbone.layers.0.blocks.0.attn.relative_position_index"].Shape);
        Assert.Equal([], file.Tensors["decoders.decoders.depth.last_layer.1.num_batches_tracked"].Shape);
        Assert.True(file.Tensors.ContainsKey("backbone.layers.0.blocks.0.mlp.fc1.linear.weight"));
        Assert.NotNull(Fold.Run(new FoldOptions { Checkpoint = file.Path, Output = toy["folded"], ImageSize = ToyScenes.Size }).Folder);
    }

    private static void AssertSameModel(string expected, string actual)
    {
        using CheckpointFile first = CheckpointFile.Open(expected);
        using CheckpointFile second = CheckpointFile.Open(actual);
        Assert.Equal(first.Tensors.Keys.Order(StringComparer.Ordinal), second.Tensors.Keys.Order(StringComparer.Ordinal));
        Assert.All(first.Tensors.Keys, key => Assert.Equal(first.Tensors[key].ReadSingles(), second.Tensors[key].ReadSingles()));
    }

    private sealed class Stopper(CancellationTokenSource source, int after) : IRunObserver
    {
        private int steps;

        public void Notice(string text)
        {
        }

        public void Stepped(StepReport report)
        {
            if (++steps == after)
            {
                source.Cancel();
            }
        }

        public void Validated(ValidationReport report)
        {
        }
    }
}
