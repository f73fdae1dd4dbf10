namespace DiTask.Model.Training.Config;

/// <summary>What is kept on the disk.</summary>
public sealed record CheckpointOptions
{
    /// <summary>Updates between two checkpoints beside those at the end of an epoch; null for none.</summary>
    public int? EverySteps { get; init; }

    /// <summary>Checkpoints to keep beside the best. Default 2.</summary>
    public int Keep { get; init; } = 2;
}
