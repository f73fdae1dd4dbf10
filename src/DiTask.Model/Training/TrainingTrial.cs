namespace DiTask.Model.Training;

/// <summary>What a few steps tell of a run before it begins.</summary>
/// <param name="Pictures">Pictures of an epoch's pass.</param>
/// <param name="StepsPerEpoch">Steps of an epoch.</param>
/// <param name="Step">Time of a step that was not the first, with the wait for its pictures.</param>
/// <param name="PeakBytes">Most memory that the process has held so far; that of a GPU is not in it.</param>
public sealed record TrainingTrial(int Pictures, int StepsPerEpoch, TimeSpan Step, long PeakBytes)
{
    /// <summary>Time of an epoch's steps, without an evaluation.</summary>
    public TimeSpan Epoch => Step * StepsPerEpoch;
}
