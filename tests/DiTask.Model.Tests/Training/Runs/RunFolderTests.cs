using DiTask.Model.Training;
using DiTask.Model.Training.Config;
using DiTask.Model.Training.Runs;
using DiTask.Tests;

namespace DiTask.Model.Tests.Training.Runs;

public sealed class RunFolderTests : IDisposable
{
    private static readonly RunConfig Config = new() { Data = new DataOptions { Path = "." } };

    private readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void Open_DiedWhileAModelWasReplaced_GivesTheOldOneItsNameBack()
    {
        RunFolder.New(temporary.Path).Write(Config);
        Directory.CreateDirectory(temporary[".best.12.partial"]);
        Directory.CreateDirectory(temporary[".best.12.partial.old"]);
        temporary.Write(".best.12.partial.old/model.pth", [1]);
        Directory.CreateDirectory(temporary["last"]);
        Directory.CreateDirectory(temporary[".last.34.partial.old"]);

        RunFolder.Open(temporary.Path, []);

        Assert.Equal(["best", "config.yaml", "last"], temporary.Names());
        Assert.Equal([1], File.ReadAllBytes(temporary["best/model.pth"]));
    }

    [Fact]
    public void New_RunIsThere_IsRefused()
    {
        RunFolder.New(temporary.Path).Write(Config);

        Assert.Contains("--resume", Assert.Throws<TrainingException>(() => RunFolder.New(temporary.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_Changed_IsNotWrittenYet()
    {
        RunFolder.New(temporary.Path).Write(Config);

        (_, RunConfig changed) = RunFolder.Open(temporary.Path, ["batch=3"]);

        Assert.Equal((3, 8), (changed.Batch, RunFolder.Open(temporary.Path, []).Config.Batch));
    }

    [Fact]
    public void Open_NoRun_IsSaid() => Assert.Throws<ConfigException>(() => RunFolder.Open(temporary["none"], []));
}
