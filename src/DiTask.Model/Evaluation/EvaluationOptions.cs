namespace DiTask.Model.Evaluation;

/// <summary>What the metrics leave open.</summary>
public sealed record EvaluationOptions
{
    /// <summary>Tolerance of edge matching on PASCAL-Context, as a share of the picture's diagonal.</summary>
    public const double PascalEdgeTolerance = 0.0075;

    /// <summary>Tolerance of edge matching on NYUD-v2, as a share of the picture's diagonal.</summary>
    public const double NyudEdgeTolerance = 0.011;

    /// <summary>How far an edge may lie from the labelled one, as a share of the picture's diagonal. Default 0.0075, that of PASCAL.</summary>
    public double EdgeTolerance { get; init; } = PascalEdgeTolerance;

    /// <summary>Threads that measure a batch; 0 takes one per core. The numbers do not depend on it. Default 0.</summary>
    public int Threads { get; init; }
}
