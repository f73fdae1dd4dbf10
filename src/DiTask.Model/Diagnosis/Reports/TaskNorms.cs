namespace DiTask.Model.Diagnosis.Reports;

/// <summary>How long a task's weighted gradient is, mean over the batches.</summary>
/// <param name="Task">Wire name.</param>
/// <param name="Loss">Mean raw loss.</param>
/// <param name="Trunk">In the shared parameters.</param>
/// <param name="Head">In its own decoder.</param>
/// <param name="Earlier">Head over trunk at the earlier checkpoint; null without one.</param>
internal sealed record TaskNorms(string Task, double Loss, double Trunk, double Head, double? Earlier = null)
{
    /// <summary>Head over trunk.</summary>
    public double Ratio => Head / Trunk;
}
