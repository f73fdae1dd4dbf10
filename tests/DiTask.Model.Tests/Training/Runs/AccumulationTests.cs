using DiTask.Model.Data;
using DiTask.Model.Training.Config;

namespace DiTask.Model.Tests.Training.Runs;

/// <summary>
/// What holds of gradients that are added up. Batch normalisation and the losses of sal and semseg look at their batch as a whole, so four batches of four
/// pictures differ from one of sixteen in general; where every batch is the same, nothing in them differs, and the gradients have to be equal.
/// </summary>
[Collection(TrainingTests.Name)]
public sealed class AccumulationTests : IDisposable
{
    private const double Relative = 1e-5;

    private readonly ToyRun toy = new();

    public void Dispose() => toy.Dispose();

    [Theory]
    [InlineData("fixed")]
    [InlineData("pcgrad")]
    public void Gradients_FourTimesFourPictures_AreThoseOfOneBatchOfSixteen(string method)
    {
        // With seed 0 a place lies on a kink of ReLU or L1, and which side it takes depends on the number of threads.
        using SessionRig rig = new(toy.Config with { Seed = 1, Balancing = new BalancingConfig { Method = method } });
        Batch four = rig.Batches[0];
        Batch sixteen = new(
            [.. Enumerable.Repeat(four.Ids, 4).SelectMany(ids => ids)],
            [.. Enumerable.Repeat(four.Images, 4).SelectMany(values => values)],
            four.Labels.ToDictionary(task => task.Key, task => Enumerable.Repeat(task.Value, 4).SelectMany(values => values).ToArray()));

        Dictionary<string, float[]> whole = rig.Gradients([sixteen]);
        Dictionary<string, float[]> parts = rig.Gradients([four, four, four, four]);

        Assert.Equal(whole.Keys, parts.Keys);
        Assert.Equal(rig.Session.Network.Parameters.Count, whole.Count);
        double scale = Math.Sqrt(whole.Values.Sum(Square));
        Assert.True(scale > 0.1);
        Assert.All(whole.Keys, key => Assert.InRange(Math.Sqrt(Square([.. whole[key].Zip(parts[key], (a, b) => a - b)])), 0, Relative * scale));
    }

    [Fact]
    public void Train_GroupThatTheEpochCutsShort_IsAnUpdateOfItsOwn()
    {
        using SessionRig rig = new(toy.Config with { Batch = 2, Accumulate = 3 });

        bool[] updated = [.. rig.Batches.Select(batch => rig.Train(batch).Updated)];

        Assert.Equal([false, false, true, true], updated);
        Assert.Equal(2, rig.Session.Position.Update);
    }

    private static double Square(float[] values) => values.Sum(value => (double)value * value);
}
