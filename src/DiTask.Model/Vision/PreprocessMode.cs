namespace DiTask.Model.Vision;

/// <summary>What becomes of a cubic overshoot beyond [0, 255]. Either way the fraction is then cut off, as the reference does.</summary>
public enum PreprocessMode
{
    /// <summary>It is clamped.</summary>
    Clamp,

    /// <summary>It wraps modulo 256, as in the authors' data loader: -3 becomes 253. For comparisons only.</summary>
    Reference,
}
