using DiTask.Model.Training.Runs;

namespace DiTask.Model.Tests.Training.Runs;

public sealed class BestScoreTests
{
    [Fact]
    public void Offer_TheSpecificationsSeries_StopsAfterTheFourthWithTheSecondBest()
    {
        BestScore best = new(minDelta: 0.05, patience: 2);

        bool[] isOver = [.. new[] { 1, 2, 2.01, 2.02 }.Select((score, index) =>
        {
            best.Offer(score, index + 1);
            return best.IsOver;
        })];

        Assert.Equal([false, false, false, true], isOver);
        Assert.Equal((2.0, 2, 2), (best.Score, best.Epoch, best.Waited));
    }

    [Fact]
    public void Offer_NoPatience_IsNeverOver()
    {
        BestScore best = new(minDelta: 0, patience: null);

        Assert.All(Enumerable.Range(0, 100), epoch => Assert.Equal(epoch == 0, best.Offer(-epoch, epoch)));
        Assert.False(best.IsOver);
    }

    [Fact]
    public void Offer_FirstIsNotANumber_DoesNotKeepLaterOnesFromBeingBest()
    {
        BestScore best = new(minDelta: 0, patience: 5);

        Assert.False(best.Offer(double.NaN, 1));
        Assert.True(best.Offer(-3, 2));
        Assert.False(best.Offer(double.NaN, 3));

        Assert.Equal((-3.0, 2, 1), (best.Score, best.Epoch, best.Waited));
    }

    [Fact]
    public void Restore_GoesOnCounting()
    {
        BestScore best = new(minDelta: 0.05, patience: 2);

        best.Restore(2, 2, 1);

        Assert.False(best.IsOver);
        Assert.False(best.Offer(2.05, 4));
        Assert.True(best.IsOver);
    }
}
