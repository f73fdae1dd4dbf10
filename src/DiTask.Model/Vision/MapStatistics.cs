namespace DiTask.Model.Vision;

/// <summary>Numbers that sum up a map.</summary>
public sealed record MapStatistics
{
    /// <summary>Share of the pixels per label, adding up to 1; null where pixels are not labels.</summary>
    public IReadOnlyList<double>? Fractions { get; init; }

    /// <summary>Smallest finite value; null where pixels are not scalars or none is finite.</summary>
    public double? Min { get; init; }

    /// <summary>Mean of the finite values; null as for <see cref="Min"/>.</summary>
    public double? Mean { get; init; }

    /// <summary>Largest finite value; null as for <see cref="Min"/>.</summary>
    public double? Max { get; init; }
}
