namespace DiTask.Model.Diagnosis.Reports;

/// <summary>How a diagnosis was measured.</summary>
/// <param name="Batches">Batches for gradients and affinity.</param>
/// <param name="BatchSize">Pictures per batch.</param>
/// <param name="Steps">Steps of each task's training alone.</param>
/// <param name="Rate">Learning rate of those steps.</param>
/// <param name="LookaheadRate">Length of the lookahead step over that of the gradient.</param>
/// <param name="Pictures">Pictures that scores were measured on.</param>
/// <param name="ImageSize">Side of the input in pixels.</param>
/// <param name="Adapter">Kind of the adapter.</param>
/// <param name="Weights">What each loss is multiplied by.</param>
internal sealed record ReportSettings(
    int Batches, int BatchSize, int Steps, double Rate, double LookaheadRate, int Pictures, int ImageSize, string Adapter, IReadOnlyDictionary<string, double> Weights);
