namespace DiTask.Parity.Tests.Cpab;

/// <summary>How near to the authors' code the transform must come; reasons in docs/numerics.md.</summary>
internal static class CpabTolerances
{
    /// <summary>phi against exact arithmetic in float64.</summary>
    public const double PhiExact = 1e-12;

    /// <summary>phi against the reference in float32.</summary>
    public const double PhiSingle = 2e-5;

    /// <summary>Warped spectrum against exact arithmetic, times the largest singular value.</summary>
    public const double SpectrumExact = 1e-10;

    /// <summary>Warped spectrum against the reference in float32, times the largest singular value.</summary>
    public const double SpectrumSingle = 1e-4;

    /// <summary>Gradients, times the largest element of the array compared with, plus <see cref="GradientFloor"/>.</summary>
    public const double GradientRelative = 1e-3;

    /// <summary>Absolute part of the gradients' tolerance.</summary>
    public const double GradientFloor = 1e-6;

    /// <summary>A whole weight against the vectors, which print float32 results.</summary>
    public const double WeightSingle = 2e-5;
}
