using DiTask.Model.Training.Balancing;

namespace DiTask.Model.Training.Config;

/// <summary>How the tasks' losses share the network. Every method reads its own keys.</summary>
public sealed record BalancingConfig
{
    /// <summary>The method. Default fixed: the weighted sum.</summary>
    public string Method { get; init; } = "fixed";

    /// <summary>uncertainty: learning rate of the log variances over that of the heads. Default 1.</summary>
    public double UncertaintyFactor { get; init; } = 1;

    /// <summary>uncertainty: first ln sigma^2. Default -0.5.</summary>
    public double InitialLogVariance { get; init; } = -0.5;

    /// <summary>dwa: temperature. Default 2.</summary>
    public double DwaTemperature { get; init; } = 2;

    /// <summary>gradnorm: how hard tasks that lag are pulled. Default 1.5.</summary>
    public double GradnormAlpha { get; init; } = 1.5;

    /// <summary>gradnorm: learning rate of the weights. Default 0.025.</summary>
    public double GradnormLearningRate { get; init; } = 0.025;

    /// <summary>cagrad: how far the step may go from the mean gradient. Default 0.5.</summary>
    public double CagradRadius { get; init; } = 0.5;

    /// <summary>famo: learning rate of the weights' logits. Default 0.025.</summary>
    public double FamoLearningRate { get; init; } = 0.025;

    /// <summary>task_relation: strength; 0 turns it off. Default 0.1.</summary>
    public double RelationStrength { get; init; } = 0.1;

    /// <summary>The method of a run.</summary>
    internal IBalancer Create(IReadOnlyList<string> tasks, IReadOnlyDictionary<string, double> weights, long seed) => Balancers.Create(Method, new BalancingOptions
    {
        Tasks = tasks,
        Weights = weights,
        Seed = seed,
        InitialLogVariance = InitialLogVariance,
        DwaTemperature = DwaTemperature,
        GradNormAlpha = GradnormAlpha,
        GradNormLearningRate = GradnormLearningRate,
        CaGradRadius = CagradRadius,
        FamoLearningRate = FamoLearningRate,
        RelationStrength = RelationStrength,
    });
}
