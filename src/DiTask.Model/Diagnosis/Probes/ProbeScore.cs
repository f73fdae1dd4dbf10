namespace DiTask.Model.Diagnosis.Probes;

/// <summary>How well a linear probe tells the labels of pictures that it has not seen.</summary>
/// <param name="Errors">Of each picture: its squared error over the squared deviation of all labels from their mean.</param>
internal sealed record ProbeScore(IReadOnlyList<double> Errors)
{
    /// <summary>Share of the labels' variance that is explained; 1 is all, 0 no more than their mean does.</summary>
    public double Explained => 1 - Errors.Sum();
}
