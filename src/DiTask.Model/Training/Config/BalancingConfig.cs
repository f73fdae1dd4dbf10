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

    /// <summary>task_relation: the matrix R, symmetric, row by row in the order of the run's tasks. Must be given with that method.</summary>
    public IReadOnlyList<double> Relations { get; init; } = [];

    /// <summary>The method of a run.</summary>
    /// <exception cref="TrainingException">The method cannot be used with these tasks.</exception>
    internal IBalancer Create(IReadOnlyList<string> tasks, IReadOnlyDictionary<string, double> weights, long seed)
    {
        try
        {
            return Balancers.Create(Method, Options(tasks, weights, seed));
        }
        catch (ArgumentException error)
        {
            throw new TrainingException($"'balancing.method' {Method}: {error.Message}", error);
        }
    }

    private BalancingOptions Options(IReadOnlyList<string> tasks, IReadOnlyDictionary<string, double> weights, long seed) => new()
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
        Relations = Relations.Count == 0 ? null : [.. Relations.Chunk(tasks.Count)],
    };
}
