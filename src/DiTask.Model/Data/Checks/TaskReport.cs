namespace DiTask.Model.Data.Checks;

/// <summary>What the labels of a task are like.</summary>
internal sealed record TaskReport
{
    /// <summary>Wire name.</summary>
    public required string Task { get; init; }

    /// <summary>Pictures whose label could be read.</summary>
    public required int Labelled { get; init; }

    /// <summary>Share of the pixels that are not known, of those pictures.</summary>
    public required double VoidShare { get; init; }

    /// <summary>Classes of a label task; empty otherwise.</summary>
    public required IReadOnlyList<ClassReport> Classes { get; init; }

    /// <summary>Least value of a scalar task; null for others.</summary>
    public double? Least { get; init; }

    /// <summary>Largest value of a scalar task; null for others.</summary>
    public double? Most { get; init; }

    /// <summary>Mean value of a scalar task, which is the share of ones for saliency and edges; null for others.</summary>
    public double? Mean { get; init; }
}
