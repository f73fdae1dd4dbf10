using DiTask.Model.Checkpoints;
using DiTask.Model.Diagnosis;
using DiTask.Model.Diagnosis.Reports;
using DiTask.Model.Tests.Training;
using DiTask.Model.Training;
using DiTask.Model.Training.Config;
using DiTask.Model.Training.Network;
using DiTask.Tests;

namespace DiTask.Model.Tests.Diagnosis;

/// <summary>Whatever <c>train</c> wrote can be diagnosed, as a whole model and as an adapter.</summary>
[Collection(TrainingTests.Name)]
public sealed class AdapterKindTests : IDisposable
{
    private const double Tolerance = 1e-4;

    private readonly ToyRun toy = new(train: 4, val: 2);

    public static TheoryData<string> Kinds => [.. AdapterOptions.Kinds];

    public void Dispose() => toy.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Run_WholeModelAndAdapter_AreTheSameNetwork(string kind)
    {
        string last = Train(Config(kind), "run");

        DiagnosisReport whole = Diagnose(Path.Combine(last, "model.safetensors"));
        DiagnosisReport adapter = Diagnose(Path.Combine(last, "adapter.safetensors"));

        Assert.Equal(kind == AdapterKinds.Frozen ? AdapterKinds.Full : kind, whole.Settings.Adapter);
        Assert.All(whole.Norms.Zip(adapter.Norms), task => Assert.InRange(task.First.Loss / task.Second.Loss, 1 - Tolerance, 1 + Tolerance));
        Assert.All(whole.Norms.Zip(adapter.Norms), task => Assert.InRange(task.First.Head / task.Second.Head, 1 - Tolerance, 1 + Tolerance));
        Assert.All(whole.Norms.Concat(adapter.Norms), task => Assert.True(task.Trunk > 0, task.Task));
        bool isFolded = kind is AdapterKinds.Lora or AdapterKinds.Scalar or AdapterKinds.FreeSpectrum or AdapterKinds.Teaching;
        Assert.Equal(isFolded, whole.Notes.Any(note => note.Contains("folded into the weights", StringComparison.Ordinal)));
        Assert.DoesNotContain(adapter.Notes, note => note.Contains("folded into the weights", StringComparison.Ordinal));
        Assert.Equal(kind == AdapterKinds.Frozen, adapter.Notes.Any(note => note.Contains("nothing that the tasks share", StringComparison.Ordinal)));
    }

    [Fact]
    public void Run_MtLoraWithoutItsAdapter_IsRefused()
    {
        string last = Train(Config(AdapterKinds.MtLora), "run"), other = Train(Config(AdapterKinds.MtLora) with { Seed = 5 }, "other");
        string model = Path.Combine(last, "model.safetensors"), adapter = Path.Combine(last, "adapter.safetensors");

        File.Copy(Path.Combine(other, "adapter.safetensors"), adapter, overwrite: true);
        Assert.Contains("low-rank factors", Assert.Throws<DiagnosisException>(() => Diagnose(model)).Message, StringComparison.Ordinal);

        File.Delete(adapter);
        Assert.Contains("expected the adapter.safetensors", Assert.Throws<DiagnosisException>(() => Diagnose(model)).Message, StringComparison.Ordinal);
        Assert.Contains("expected the adapter.safetensors", Assert.Throws<DiagnosisException>(() => Diagnose(Path.Combine(last, "model.pth"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_AdapterOfAnotherStart_NeedsThatFile()
    {
        string start = toy["start.safetensors"];
        File.Copy(Path.Combine(Train(Config(AdapterKinds.Full), "first"), "model.safetensors"), start);
        string adapter = Path.Combine(Train(Config(AdapterKinds.Scalar) with { Start = start }, "second"), "adapter.safetensors");
        Assert.Equal(start, ConfigFile.Parse(Diagnose(adapter).Configs[0].Yaml, []).Start);

        string moved = toy["moved.safetensors"];
        File.Move(start, moved);

        Assert.Contains("the checkpoint that the run started from", Assert.Throws<TrainingException>(() => Diagnose(adapter)).Message, StringComparison.Ordinal);
        Assert.Contains("digest", Assert.Throws<TrainingException>(() => Diagnose(adapter, adapter)).Message, StringComparison.Ordinal);
        Assert.Equal(moved, ConfigFile.Parse(Diagnose(adapter, moved).Configs[0].Yaml, []).Start);
    }

    private string Train(RunConfig config, string name) => toy.Run(config, name).Last;

    private RunConfig Config(string kind) => toy.Config with
    {
        Adapter = toy.Config.Adapter with { Kind = kind },
        Optimizer = new OptimizerConfig { LearningRate = 1e-2 },
        Schedule = new ScheduleOptions { Epochs = 2, WarmupEpochs = 0 },
    };

    private DiagnosisReport Diagnose(string checkpoint, string? start = null) => new Diagnoser(
        new DiagnosisOptions { Checkpoint = checkpoint, Base = start, Data = toy.Data, Tasks = ["semseg", "depth"], Batches = 1, BatchSize = 2, Steps = 1, Pictures = 2, Device = "cpu" }, _ => { }, TimeProvider.System).Run();
}
