using DiTask.Model.Training;
using DiTask.Model.Training.Config;
using DiTask.Tests;

namespace DiTask.Model.Tests.Training;

/// <summary>Settings of a run that takes seconds, and what it reports.</summary>
internal sealed class ToyRun : IRunObserver, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public ToyRun(int train = 8, int val = 4, int border = 0) => Data = ToyScenes.Write(folder["data"], train, val, border);

    public string Data { get; }

    public string this[string name] => folder[name];

    public List<StepReport> Steps { get; } = [];

    public List<ValidationReport> Validations { get; } = [];

    public List<string> Notices { get; } = [];

    public RunConfig Config => new()
    {
        Data = new DataOptions { Path = Data, Augment = "none", Workers = 1 },
        Network = new NetworkOptions { ImageSize = ToyScenes.Size, PatchSize = 4, EmbedDim = 12, Depths = [1, 1, 1, 1], NumHeads = [1, 2, 4, 4], Window = 4, DecoderChannels = [4, 8, 16, 16] },
        Adapter = new AdapterOptions { Cells = [8], TaskCells = [4], Dropout = 0 },
        Schedule = new ScheduleOptions { Epochs = 2, WarmupEpochs = 0 },
        Validation = new ValidationOptions { Every = 0 },
        Batch = 4,
        DropPath = 0,
        Device = "cpu",
        Threads = 1,
    };

    public void Notice(string text) => Notices.Add(text);

    public void Stepped(StepReport report) => Steps.Add(report);

    public void Validated(ValidationReport report) => Validations.Add(report);

    public TrainingResult Run(RunConfig config, string name)
    {
        using Trainer trainer = Trainer.Begin(config, folder[name], this);
        return trainer.Run();
    }

    public void Dispose() => folder.Dispose();
}
