namespace DiTask.Model.Training.Config;

/// <summary>Everything that decides what a training run does.</summary>
public sealed record RunConfig
{
    /// <summary>Of first values, data order, augmentation, dropout. Default 0.</summary>
    public long Seed { get; init; }

    /// <summary>Wire names of the tasks. Empty for all that the data set labels.</summary>
    public IReadOnlyList<string> Tasks { get; init; } = [];

    /// <summary>The network.</summary>
    public NetworkOptions Network { get; init; } = new();

    /// <summary>A pretrained backbone or a whole checkpoint; null to draw the first values.</summary>
    public string? Start { get; init; }

    /// <summary>Where the pictures come from.</summary>
    public DataOptions Data { get; init; } = new();

    /// <summary>What is trained of the backbone.</summary>
    public AdapterOptions Adapter { get; init; } = new();

    /// <summary>The tasks' losses.</summary>
    public LossOptions Losses { get; init; } = new();

    /// <summary>How the tasks' losses share the network.</summary>
    public BalancingConfig Balancing { get; init; } = new();

    /// <summary>Penalties beside the losses.</summary>
    public PenaltyOptions Penalties { get; init; } = new();

    /// <summary>The optimizer.</summary>
    public OptimizerConfig Optimizer { get; init; } = new();

    /// <summary>Length of the run, and the learning rate over it.</summary>
    public ScheduleOptions Schedule { get; init; } = new();

    /// <summary>Evaluation while training.</summary>
    public ValidationOptions Validation { get; init; } = new();

    /// <summary>What is kept on the disk.</summary>
    public CheckpointOptions Checkpoints { get; init; } = new();

    /// <summary>Pictures per step on the device. Default 8.</summary>
    public int Batch { get; init; } = 8;

    /// <summary>Steps whose gradients are added up for one update. Default 1.</summary>
    public int Accumulate { get; init; } = 1;

    /// <summary>Type of matrix products: <c>float32</c> or <c>bfloat16</c>. Default float32.</summary>
    public string Precision { get; init; } = "float32";

    /// <summary>Share of rows whose branch the last block drops while training. Default 0.2, as the authors have it.</summary>
    public double DropPath { get; init; } = 0.2;

    /// <summary>Decay of the moving average of the parameters, which is then what is evaluated and exported; null for none.</summary>
    public double? Ema { get; init; }

    /// <summary><c>cpu</c>, <c>cuda</c>, <c>cuda:N</c>, or <c>auto</c>. Default auto: the first GPU if there is one.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>Threads of libtorch; null for one where the network has fewer than 4 million weights, and for one per physical core elsewhere.</summary>
    public int? Threads { get; init; }
}
