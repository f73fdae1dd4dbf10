namespace DiTask.Model.Training.Balancing;

/// <summary>The settings of all balancing methods; each method reads its own. Defaults are those of the papers.</summary>
internal sealed record BalancingOptions
{
    /// <summary>Wire names of the run's tasks, in the order of all arrays.</summary>
    public required IReadOnlyList<string> Tasks { get; init; }

    /// <summary>lambda: what each task's loss is multiplied by before any method (but <c>equal</c>) looks at it. 1 where a task is missing.</summary>
    public IReadOnlyDictionary<string, double> Weights { get; init; } = new Dictionary<string, double>();

    /// <summary>Seed of random choices.</summary>
    public long Seed { get; init; }

    /// <summary>Uncertainty: the first value of s = ln sigma^2.</summary>
    public double InitialLogVariance { get; init; } = -0.5;

    /// <summary>Uncertainty: whether classification tasks have the factor of their own or that of regression.</summary>
    public UncertaintyForm UncertaintyForm { get; init; } = UncertaintyForm.ByTask;

    /// <summary>DWA: temperature of the softmax.</summary>
    public double DwaTemperature { get; init; } = 2;

    /// <summary>GradNorm: how hard tasks that lag behind are pulled.</summary>
    public double GradNormAlpha { get; init; } = 1.5;

    /// <summary>GradNorm: learning rate of the weights.</summary>
    public double GradNormLearningRate { get; init; } = 0.025;

    /// <summary>GradNorm: raw losses of an untrained network, ln(classes) for instance; the first step's where a task is missing.</summary>
    public IReadOnlyDictionary<string, double> GradNormInitialLosses { get; init; } = new Dictionary<string, double>();

    /// <summary>MGDA: what gradients are divided by before the point of least norm is sought.</summary>
    public GradientNormalization MgdaNormalization { get; init; } = GradientNormalization.None;

    /// <summary>PCGrad: whether the step is the sum of the projected gradients or their mean.</summary>
    public GradientReduction PcGradReduction { get; init; } = GradientReduction.Sum;

    /// <summary>PCGrad: the order in which a task (by index) meets the others; null draws one in every step.</summary>
    public Func<int, int[]>? PcGradOrder { get; init; }

    /// <summary>CAGrad: how far the step may go from the mean gradient, relative to its length.</summary>
    public double CaGradRadius { get; init; } = 0.5;

    /// <summary>CAGrad: divide the step by 1 + radius^2.</summary>
    public bool CaGradRescale { get; init; } = true;

    /// <summary>FAMO: learning rate of the weights' logits.</summary>
    public double FamoLearningRate { get; init; } = 0.025;

    /// <summary>FAMO: decay of the weights' logits.</summary>
    public double FamoDecay { get; init; } = 1e-3;

    /// <summary>Task relation: strength of the interaction; 0 turns it off.</summary>
    public double RelationStrength { get; init; } = 0.1;

    /// <summary>Task relation: R, symmetric, row and column i for task i; <see cref="PearsonMatrix"/> measures one.</summary>
    public IReadOnlyList<IReadOnlyList<double>>? Relations { get; init; }

    /// <summary>Task relation: the least weight of a task, relative to its lambda.</summary>
    public double RelationFloor { get; init; } = 0.1;
}
