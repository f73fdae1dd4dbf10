using DiTask.Model.Training.Config;

namespace DiTask.Model.Training.Runs;

/// <summary>The learning rate over a run: a line from the first rate to the highest, then half a cosine to the last.</summary>
/// <remarks><b>Source:</b> reference specification 7.</remarks>
internal sealed class LearningRate(OptimizerConfig optimizer, ScheduleOptions schedule, int picturesPerUpdate)
{
    private const double ReferenceBatch = 512;
    private const double EpochsPerWarmupEpoch = 15;

    private readonly double highest = optimizer.LearningRate * (optimizer.ScaleByBatch ? picturesPerUpdate / ReferenceBatch : 1);
    private readonly double warmup = schedule.WarmupEpochs ?? schedule.Epochs / EpochsPerWarmupEpoch;

    /// <summary>The rate after <paramref name="epochs"/> passes, fractions of a pass included.</summary>
    public double At(double epochs)
    {
        double first = highest * schedule.WarmupFactor;
        if (epochs < warmup)
        {
            return first + ((highest - first) * epochs / warmup);
        }

        double last = highest * schedule.MinFactor;
        double length = schedule.Epochs - warmup;
        double progress = length > 0 ? Math.Min(1, (epochs - warmup) / length) : 1;
        return last + ((highest - last) * (1 + Math.Cos(Math.PI * progress)) / 2);
    }
}
