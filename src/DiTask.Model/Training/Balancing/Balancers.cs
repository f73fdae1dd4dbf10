namespace DiTask.Model.Training.Balancing;

/// <summary>The balancing methods by the names that a training config knows.</summary>
internal static class Balancers
{
    /// <summary>Names of all methods, the default first.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "fixed", "equal", "rlw", "uncertainty", "uncertainty_positive", "dwa", "gradnorm", "mgda", "pcgrad", "task_relation", "cagrad", "gls", "famo",
    ];

    /// <summary>The method <paramref name="name"/>.</summary>
    /// <exception cref="ArgumentException">The name is unknown, or the options do not fit the tasks.</exception>
    public static IBalancer Create(string name, BalancingOptions options)
    {
        Dictionary<string, double> none = [];
        RunTasks tasks = new(options.Tasks, name == "equal" ? none : options.Weights);
        return name switch
        {
            "fixed" or "equal" => new WeightedBalancer(tasks, new FixedRule()),
            "rlw" => new WeightedBalancer(tasks, new RandomRule(options.Seed)),
            "uncertainty" => new UncertaintyBalancer(tasks, options.UncertaintyForm, options.InitialLogVariance),
            "uncertainty_positive" => new UncertaintyBalancer(tasks, UncertaintyForm.Positive, options.InitialLogVariance),
            "dwa" => new WeightedBalancer(tasks, new DynamicAverageRule(tasks.Count, options.DwaTemperature)),
            "gradnorm" => new GradNormBalancer(tasks, options.GradNormAlpha, options.GradNormLearningRate, options.GradNormInitialLosses),
            "mgda" => new GradientBalancer(tasks, new MinimumNormRule(options.MgdaNormalization)),
            "pcgrad" => new GradientBalancer(tasks, new ProjectionRule(options.Seed, options.PcGradReduction, options.PcGradOrder)),
            "task_relation" => new WeightedBalancer(
                tasks, new TaskRelationRule(tasks.Count, options.Relations, options.RelationStrength, options.RelationFloor)),
            "cagrad" => new GradientBalancer(tasks, new ConflictAverseRule(options.CaGradRadius, options.CaGradRescale)),
            "gls" => new WeightedBalancer(tasks, new GeometricMeanRule()),
            "famo" => new WeightedBalancer(tasks, new FamoRule(tasks.Count, options.FamoLearningRate, options.FamoDecay)),
            _ => throw new ArgumentException($"Unknown balancing '{name}'; known are {string.Join(", ", Names)}.", nameof(name)),
        };
    }
}
