using DiTask.Model.Training.Config;
using DiTask.Model.Training.Runs;

namespace DiTask.Model.Tests.Training.Runs;

public sealed class LearningRateTests
{
    [Theory]
    [InlineData(0, 6.25e-8)]
    [InlineData(10, 3.128125e-5)]
    [InlineData(20, 6.25e-5)]
    [InlineData(160, 3.15625e-5)]
    [InlineData(300, 6.25e-7)]
    [InlineData(301, 6.25e-7)]
    public void At_TheAuthorsSchedule_IsTheirs(double epoch, double expected)
    {
        LearningRate rate = new(new OptimizerConfig { ScaleByBatch = true }, new ScheduleOptions(), picturesPerUpdate: 64);

        Assert.Equal(expected, rate.At(epoch), expected * 1e-12);
    }

    [Fact]
    public void At_NoWarmup_BeginsAtTheHighest()
    {
        LearningRate rate = new(new OptimizerConfig { LearningRate = 1e-3 }, new ScheduleOptions { Epochs = 4, WarmupEpochs = 0, MinFactor = 0 }, picturesPerUpdate: 8);

        Assert.Equal(1e-3, rate.At(0), 1e-15);
        Assert.Equal(5e-4, rate.At(2), 1e-15);
        Assert.Equal(0, rate.At(4), 1e-15);
    }

    [Fact]
    public void At_OnlyWarmup_RisesToTheEnd()
    {
        LearningRate rate = new(new OptimizerConfig { LearningRate = 1 }, new ScheduleOptions { Epochs = 2, WarmupEpochs = 2, WarmupFactor = 0 }, picturesPerUpdate: 8);

        Assert.Equal([0, 0.5, 0.995], new[] { 0, 1, 1.99 }.Select(rate.At));
    }
}
