namespace DiTask.Model.Training.Config;

/// <summary>Length of the run, and the learning rate over it: a line up from the first rate, then half a cosine down.</summary>
public sealed record ScheduleOptions
{
    /// <summary>Passes over the training split. Default 300.</summary>
    public int Epochs { get; init; } = 300;

    /// <summary>Passes in which the rate rises; null for a fifteenth of all, the authors' 20 of 300. Default null.</summary>
    public double? WarmupEpochs { get; init; }

    /// <summary>Rate of the first step over the highest. Default 0.001.</summary>
    public double WarmupFactor { get; init; } = 0.001;

    /// <summary>Rate of the last step over the highest. Default 0.01.</summary>
    public double MinFactor { get; init; } = 0.01;
}
