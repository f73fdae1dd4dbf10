namespace DiTask.Model.Evaluation.Reports;

/// <summary>How long it took.</summary>
/// <param name="Provider">Where the model ran: cpu, cuda, coreml.</param>
/// <param name="BatchSize">Pictures per run.</param>
/// <param name="Seconds">Everything: reading, running, measuring.</param>
/// <param name="ImagesPerSecond">Pictures per second of that.</param>
/// <param name="ModelImagesPerSecond">Pictures per second of the model alone.</param>
public sealed record ReportSpeed(string Provider, int BatchSize, double Seconds, double ImagesPerSecond, double ModelImagesPerSecond);
