using DiTask.Model.Data;
using DiTask.Model.Training;
using DiTask.Model.Training.Config;
using DiTask.Model.Training.Runs;

namespace DiTask.Model.Tests.Training.Runs;

/// <summary>Numbers that are not finite: the update is left out, the picture named, nothing else changed.</summary>
[Collection(TrainingTests.Name)]
public sealed class GuardTests : IDisposable
{
    private readonly ToyRun toy = new();

    public void Dispose() => toy.Dispose();

    [Fact]
    public void Train_OnePictureIsNotFinite_IsLeftOutByItsName()
    {
        using SessionRig rig = new(toy.Config with { Ema = 0.9 });
        string[] keys = [.. rig.Session.Network.Parameters.Select(parameter => parameter.Key), .. rig.Session.Network.Store.Statistics.Keys];
        rig.Train(rig.Batches[0]);
        Dictionary<string, float[]> before = keys.ToDictionary(key => key, rig.Values);

        StepOutcome outcome = rig.Train(SessionRig.Spoilt(rig.Batches[1], picture: 2));

        Assert.False(outcome.Updated);
        string notice = Assert.Single(rig.Notices);
        Assert.Contains(rig.Batches[1].Ids[2], notice, StringComparison.Ordinal);
        Assert.Contains("step 1: the loss of", notice, StringComparison.Ordinal);
        Assert.All(keys, key => Assert.Equal(before[key], rig.Values(key)));
        Assert.Equal((2, 1, 1), (rig.Session.Position.Step, rig.Session.Position.Update, rig.Session.Position.Skipped));

        rig.Session.EndEpoch();
        Assert.True(rig.Train(rig.Batches[0]).Updated);
        Assert.Equal(0, rig.Session.Position.Skipped);
        Assert.All(keys, key => Assert.All(rig.Values(key), value => Assert.True(float.IsFinite(value), key)));
    }

    [Fact]
    public void Train_OneBatchOfAGroupIsNotFinite_TheGroupHasTheOthers()
    {
        using SessionRig rig = new(toy.Config with { Accumulate = 2 });

        rig.Train(SessionRig.Spoilt(rig.Batches[0], picture: 0));
        StepOutcome second = rig.Train(rig.Batches[1]);

        Assert.True(second.Updated);
        Assert.True(double.IsFinite(second.GradientNorm));
    }

    [Fact]
    public void Train_FiveInARow_StopsAndNamesTheLoss()
    {
        using SessionRig rig = new(toy.Config);
        Batch spoilt = SessionRig.Spoilt(rig.Batches[0], picture: 0);
        for (int i = 1; i < TrainingSession.MostSkipped; i++)
        {
            rig.Train(spoilt);
        }

        TrainingException error = Assert.Throws<TrainingException>(() => rig.Train(spoilt));

        Assert.Contains("5 updates in a row", error.Message, StringComparison.Ordinal);
        Assert.Contains("depth", error.Message, StringComparison.Ordinal);
    }

    // A depth of 3e38 m is a number, but the sum of two of them is not.
    [Fact]
    public void Run_OneLabelOverflows_GoesOnAndTheLogNamesThePicture()
    {
        SpoilDepth("0002");

        TrainingResult result = toy.Run(toy.Config with { Schedule = new ScheduleOptions { Epochs = 2 } }, "run");

        Assert.Equal(2, toy.Steps.Count);
        string[] notices = [.. File.ReadLines(Path.Combine(result.Folder, "log.jsonl")).Where(line => line.Contains("not finite", StringComparison.Ordinal))];
        Assert.Equal(2, notices.Length);
        Assert.All(notices, notice => Assert.Contains("0002", notice, StringComparison.Ordinal));
        Assert.All(notices, notice => Assert.Contains("the loss of depth", notice, StringComparison.Ordinal));
    }

    [Fact]
    public void Run_EverythingOverflowsFromSomeEpochOn_StopsWithTheLastCheckpointKept()
    {
        RunConfig config = toy.Config with { Schedule = new ScheduleOptions { Epochs = 1 } };
        toy.Run(config, "run");
        Array.ForEach(Enumerable.Range(0, 8).ToArray(), picture => SpoilDepth($"{picture:D4}"));

        using (Trainer trainer = Trainer.Resume(toy["run"], ["schedule.epochs=9"], toy))
        {
            Assert.Throws<TrainingException>(() => trainer.Run());
        }

        List<string> left = [];
        SavedRun saved = new CheckpointFolder(Path.Combine(toy["run"], "checkpoints"), 2).Newest(left.Add)!;
        Assert.Empty(left);
        Assert.InRange(saved.Position.Step, 2, 7);
        Assert.True(File.Exists(Path.Combine(toy["run"], "last", "model.pth")));
    }

    private void SpoilDepth(string id)
    {
        using FileStream file = new(Path.Combine(toy.Data, "depth", $"{id}.npy"), FileMode.Open);
        byte[] huge = BitConverter.GetBytes(3e38f);
        file.Seek(-4 * DiTask.Tests.ToyScenes.Size * DiTask.Tests.ToyScenes.Size, SeekOrigin.End);
        for (int pixel = 0; pixel < DiTask.Tests.ToyScenes.Size * DiTask.Tests.ToyScenes.Size; pixel++)
        {
            file.Write(huge);
        }
    }
}
