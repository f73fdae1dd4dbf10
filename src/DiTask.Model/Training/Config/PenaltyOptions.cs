namespace DiTask.Model.Training.Config;

/// <summary>Penalties beside the losses; 0 turns one off.</summary>
public sealed record PenaltyOptions
{
    /// <summary>Squared distance of the unfrozen backbone from where it started. Default 0.</summary>
    public double L2Sp { get; init; }

    /// <summary>Sum of the warped singular values. Default 0.</summary>
    public double Nuclear { get; init; }

    /// <summary>Squared distance of the tasks' thetas from each other. Default 0.</summary>
    public double SoftSharing { get; init; }

    /// <summary>Mean absolute error of a small decoder that draws the picture from the last features. Default 0; 0.1 is usual.</summary>
    public double Reconstruction { get; init; }
}
