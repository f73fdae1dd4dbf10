namespace DiTask.Model.Folding;

/// <summary>How far a task's folded logits are from those of the unfolded network.</summary>
/// <param name="Task">Wire name.</param>
/// <param name="MaxAbsolute">Largest absolute difference.</param>
/// <param name="MaxReference">Largest absolute value of the unfolded logits.</param>
/// <param name="Tolerance">Largest difference that is accepted.</param>
public sealed record TaskDeviation(string Task, double MaxAbsolute, double MaxReference, double Tolerance)
{
    /// <summary>Largest difference over the largest value.</summary>
    public double Relative => MaxReference == 0 ? 0 : MaxAbsolute / MaxReference;

    /// <summary>Whether the difference is accepted. NaN is not.</summary>
    public bool Accepted => MaxAbsolute <= Tolerance;
}
