namespace DiTask.Model.Training.Config;

/// <summary>The optimizer.</summary>
public sealed record OptimizerConfig
{
    /// <summary><c>adamw</c> or <c>sgd</c>. Default adamw.</summary>
    public string Name { get; init; } = "adamw";

    /// <summary>Learning rate after the warm-up. Default 5e-4.</summary>
    public double LearningRate { get; init; } = 5e-4;

    /// <summary>Multiply the learning rates by pictures per update over 512, as the authors do. Default false.</summary>
    public bool ScaleByBatch { get; init; }

    /// <summary>Decoupled decay of matrices; vectors and biases have none. Default 0.05.</summary>
    public double WeightDecay { get; init; } = 0.05;

    /// <summary>Learning rate of thetas and other adapters over that of the rest. Default 1.</summary>
    public double AdapterFactor { get; init; } = 1;

    /// <summary>Decay of thetas and other adapters; null for that of the rest, as the authors have it.</summary>
    public double? AdapterDecay { get; init; }

    /// <summary>First coefficient of AdamW, momentum of SGD. Default 0.9.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Second coefficient of AdamW. Default 0.999.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Longest gradient; 0 for any. Default 5.</summary>
    public double Clip { get; init; } = 5;
}
