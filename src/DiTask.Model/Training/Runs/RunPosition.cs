namespace DiTask.Model.Training.Runs;

/// <summary>How far a run is, and everything beside tensors that it needs to go on bit for bit.</summary>
internal sealed record RunPosition
{
    /// <summary>Passes that are complete, or begun.</summary>
    public int Epoch { get; init; }

    /// <summary>Batches of the pass that are done.</summary>
    public int Batch { get; init; }

    /// <summary>Batches done in the whole run.</summary>
    public long Step { get; init; }

    /// <summary>Changes of the parameters.</summary>
    public long Update { get; init; }

    /// <summary>Updates in a row that were left out because a number was not finite.</summary>
    public int Skipped { get; init; }

    /// <summary>Best score; null before the first evaluation.</summary>
    public double? BestScore { get; init; }

    /// <summary>Epoch of the best score.</summary>
    public int BestEpoch { get; init; }

    /// <summary>Evaluations since.</summary>
    public int Waited { get; init; }

    /// <summary>Whether nothing is left to do.</summary>
    public bool IsComplete { get; init; }

    /// <summary>Sums of the tasks' losses over the batches of the pass so far.</summary>
    public IReadOnlyDictionary<string, double> LossSums { get; init; } = new Dictionary<string, double>();

    /// <summary>State of the balancing method.</summary>
    public IReadOnlyDictionary<string, double[]> Balancer { get; init; } = new Dictionary<string, double[]>();

    /// <summary>Updates that the optimizer has made of each parameter, in its order.</summary>
    public IReadOnlyList<long> OptimizerSteps { get; init; } = [];

    /// <summary>Digest of all of this and of the tensors, lower-case hex.</summary>
    public string Digest { get; init; } = "";
}
