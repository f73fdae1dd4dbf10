namespace DiTask.Model.Training.Balancing;

/// <summary>A method that is a weight per task: one backward pass of the weighted sum.</summary>
internal abstract class WeightRule
{
    /// <summary>What lambda_i L_i is multiplied by, in this step; constants to the backward pass.</summary>
    /// <param name="losses">lambda_i L_i.</param>
    /// <param name="step">Number of the optimizer step; the same for micro-batches that are accumulated.</param>
    public abstract double[] Factors(double[] losses, long step);

    /// <summary>The mean raw losses of the epoch that ended; NaN where a task has none.</summary>
    public virtual void EndEpoch(double[] meanLosses)
    {
    }

    /// <inheritdoc cref="IBalancer.Save"/>
    public virtual IReadOnlyDictionary<string, double[]> Save() => BalancerState.Empty;

    /// <inheritdoc cref="IBalancer.Restore"/>
    public virtual void Restore(IReadOnlyDictionary<string, double[]> state)
    {
    }
}
