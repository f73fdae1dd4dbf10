namespace DiTask.Model.Training;

/// <summary>What one update of the parameters did.</summary>
/// <param name="Step">Batches done in the run.</param>
/// <param name="Update">Updates done in the run.</param>
/// <param name="Epoch">The pass, counted from 0, with its fraction.</param>
/// <param name="Epochs">Passes of the run.</param>
/// <param name="Losses">Raw loss of each task.</param>
/// <param name="Weights">What the balancing method multiplied each by.</param>
/// <param name="Total">Sum of the weighted losses and penalties; may be below 0 with uncertainty weighting.</param>
/// <param name="LearningRate">Of this update.</param>
/// <param name="GradientNorm">Before clipping.</param>
/// <param name="ImagesPerSecond">Since the last report.</param>
/// <param name="Remaining">Estimated time to the end of the run.</param>
public sealed record StepReport(
    long Step,
    long Update,
    double Epoch,
    int Epochs,
    IReadOnlyDictionary<string, double> Losses,
    IReadOnlyDictionary<string, double> Weights,
    double Total,
    double LearningRate,
    double GradientNorm,
    double ImagesPerSecond,
    TimeSpan Remaining);
