namespace DiTask.Model.Diagnosis.Spectra;

/// <summary>What one theta does.</summary>
/// <param name="Task">Wire name; null is the shared stream.</param>
/// <param name="Theta">The parameters.</param>
/// <param name="Displacement">phi(x) - x at evenly spaced x in [0, 1].</param>
/// <param name="Sigma">Warped singular values, at the same places as the frozen ones.</param>
/// <param name="Change">Root of the mean squared relative change of the singular values, all of them.</param>
internal sealed record WarpedStream(
    string? Task, IReadOnlyList<double> Theta, IReadOnlyList<double> Displacement, IReadOnlyList<IReadOnlyList<double>> Sigma, double Change);
