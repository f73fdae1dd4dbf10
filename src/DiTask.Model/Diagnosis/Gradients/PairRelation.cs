namespace DiTask.Model.Diagnosis.Gradients;

/// <summary>How two tasks' gradients lie to each other over all batches, in one group of parameters.</summary>
/// <param name="First">Wire name.</param>
/// <param name="Second">Wire name.</param>
/// <param name="Cosine">Mean over the batches.</param>
/// <param name="CosineDeviation">Standard deviation over the batches.</param>
/// <param name="NegativeRate">Share of the batches with a cosine below 0.</param>
/// <param name="ConflictRate">Share of the batches with a cosine below 0 by more than twice the noise.</param>
/// <param name="Magnitude">Mean magnitude similarity.</param>
/// <param name="EffectiveDimension">Elements that carry the gradients: the smaller of the two, mean over the batches.</param>
/// <param name="Curve">Moving average of the cosine, batch by batch.</param>
internal sealed record PairRelation(
    string First,
    string Second,
    double Cosine,
    double CosineDeviation,
    double NegativeRate,
    double ConflictRate,
    double Magnitude,
    double EffectiveDimension,
    IReadOnlyList<double> Curve);
