using DiTask.Model.Checkpoints;
using DiTask.Model.Training.Runs;
using DiTask.Tests;

namespace DiTask.Model.Tests.Training.Runs;

public sealed class CheckpointFolderTests : IDisposable
{
    private const int Positions = 200;

    private readonly TemporaryFolder temporary = new();
    private readonly List<string> notices = [];

    public void Dispose() => temporary.Dispose();

    [Theory]
    [InlineData("tensors.safetensors", "cut")]
    [InlineData("tensors.safetensors", "changed")]
    [InlineData("position.json", "cut")]
    [InlineData("position.json", "changed")]
    public void Newest_FileOfTheNewestIsDamagedAnywhere_IsTheOneBeforeOrAsWritten(string file, string how)
    {
        CheckpointFolder folder = Folder(keep: 2);
        Write(folder, 1);
        Write(folder, 2);
        string damaged = Path.Combine(Directory.GetDirectories(temporary["checkpoints"]).Order(StringComparer.Ordinal).Last(), file);
        byte[] whole = File.ReadAllBytes(damaged);
        Random random = new(1);

        for (int i = 0; i < Positions; i++)
        {
            int place = random.Next(whole.Length);
            byte[] bytes = how == "cut" ? whole[..place] : [.. whole];
            if (how == "changed")
            {
                bytes[place] ^= (byte)random.Next(1, 256);
            }

            File.WriteAllBytes(damaged, bytes);
            SavedRun found = folder.Newest(notices.Add)!;

            // A changed blank of the JSON is no harm.
            Assert.True(found.Position.Step == 1 || file == "position.json", $"{how} at {place}");
            AssertIs(found, found.Position.Step);
        }

        Assert.True(notices.Count > Positions / 2);
        Assert.StartsWith("checkpoint 'step-000000000002.0000' is left out: ", notices[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tensors.safetensors")]
    [InlineData("position.json")]
    public void Newest_FileOfTheNewestIsMissing_IsTheOneBefore(string file)
    {
        CheckpointFolder folder = Folder(keep: 2);
        Write(folder, 1);
        Write(folder, 2);
        File.Delete(Path.Combine(temporary["checkpoints"], "step-000000000002.0000", file));

        AssertIs(folder.Newest(notices.Add)!, 1);
    }

    [Fact]
    public void Newest_ProcessDiedWhileWriting_RemovesWhatItLeft()
    {
        CheckpointFolder folder = Folder(keep: 2);
        Write(folder, 1);
        Directory.CreateDirectory(Path.Combine(temporary["checkpoints"], ".step-000000000002.0000.0123.partial"));

        AssertIs(folder.Newest(notices.Add)!, 1);

        Assert.Equal(["step-000000000001.0000"], Names());
        Assert.Empty(notices);
    }

    [Fact]
    public void Newest_Nothing_IsNull() => Assert.Null(Folder(keep: 2).Newest(notices.Add));

    [Fact]
    public void Write_SameStepAgain_NeverReplacesAFolder()
    {
        CheckpointFolder folder = Folder(keep: 2);
        Write(folder, 7);
        string first = Path.Combine(temporary["checkpoints"], "step-000000000007.0000", "position.json");
        DateTime written = File.GetLastWriteTimeUtc(first);

        folder.Write(Position(7) with { Epoch = 3 }, Tensors(7));

        Assert.Equal(written, File.GetLastWriteTimeUtc(first));
        Assert.Equal(3, folder.Newest(notices.Add)!.Position.Epoch);
        Assert.Equal(["step-000000000007.0000", "step-000000000007.0001"], Names());
    }

    [Fact]
    public void Write_AfterGoingBack_RemovesTheOnesFurtherOnAndKeepsItself()
    {
        CheckpointFolder folder = Folder(keep: 1);
        Write(folder, 9);
        File.Delete(Path.Combine(temporary["checkpoints"], "step-000000000009.0000", "position.json"));
        Assert.Null(folder.Newest(notices.Add));

        Write(folder, 4);

        Assert.Equal(["step-000000000004.0000"], Names());
        AssertIs(folder.Newest(notices.Add)!, 4);
    }

    [Fact]
    public void Write_KeepsTheNewest()
    {
        CheckpointFolder folder = Folder(keep: 2);

        Array.ForEach([1, 2, 10], step => Write(folder, step));

        Assert.Equal(["step-000000000002.0000", "step-000000000010.0000"], Names());
    }

    // As when the disk fills up: the list ends the writing in the middle of the folder.
    [Fact]
    public void Write_Fails_LeavesTheOlderOnesAndNothingElse()
    {
        CheckpointFolder folder = Folder(keep: 1);
        Write(folder, 1);

        Assert.ThrowsAny<Exception>(() => folder.Write(Position(2), [.. Tensors(2), null!]));

        Assert.Equal(["step-000000000001.0000"], Names());
        AssertIs(folder.Newest(notices.Add)!, 1);
    }

    [Fact]
    public void Write_PlaceIsNoFolder_IsAnErrorOfTheDisk()
    {
        temporary.Write("checkpoints", []);

        Assert.ThrowsAny<IOException>(() => Write(Folder(keep: 1), 1));
    }

    private static RunPosition Position(long step) => new()
    {
        Step = step,
        Epoch = (int)step,
        BestScore = -0.1 / step,
        LossSums = new Dictionary<string, double> { ["depth"] = 1.0 / 3 / step },
        Balancer = new Dictionary<string, double[]> { ["s"] = [0.1, double.NaN] },
        OptimizerSteps = [step, step],
    };

    private static IReadOnlyList<HostTensor> Tensors(long step) => [new("w", [3], [step, 0.5f, -1]), new("optimizer/0/exp_avg", [2], [step, 2])];

    private static void Write(CheckpointFolder folder, long step) => folder.Write(Position(step), Tensors(step));

    private static void AssertIs(SavedRun found, long step)
    {
        RunPosition expected = Position(step);
        Assert.Equal(
            (expected.Step, expected.Epoch, expected.BestScore, expected.LossSums["depth"], 0.1),
            (found.Position.Step, found.Position.Epoch, found.Position.BestScore, found.Position.LossSums["depth"], found.Position.Balancer["s"][0]));
        using CheckpointFile file = CheckpointFile.Open(found.TensorFile);
        Assert.Equal([step, 0.5f, -1], file.Tensors["w"].ReadSingles());
    }

    private CheckpointFolder Folder(int keep) => new(temporary["checkpoints"], keep);

    private string[] Names() => [.. Directory.GetFileSystemEntries(temporary["checkpoints"]).Select(name => Path.GetFileName(name)).Order(StringComparer.Ordinal)];
}
