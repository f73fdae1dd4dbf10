using TorchSharp.Modules;

namespace DiTask.Model.Training.Balancing;

/// <summary>A way to train several tasks at once: from their losses to the gradients of all parameters.</summary>
internal interface IBalancer : IDisposable
{
    /// <summary>Parameters of the method itself; they want an optimizer group of their own, without weight decay.</summary>
    IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Back-propagates: adds to the gradients of all parameters.</summary>
    /// <returns>What each task's raw loss (or its gradient in the shared parameters) was multiplied by, for the log.</returns>
    /// <exception cref="ArgumentException">The losses are not those of the run's tasks in their order.</exception>
    IReadOnlyDictionary<string, double> Backward(BalancingStep step);

    /// <summary>Tells the method the mean raw losses of the epoch that ended.</summary>
    void EndEpoch(IReadOnlyDictionary<string, double> meanLosses);

    /// <summary>Everything that a resumed run needs to go on bit for bit.</summary>
    IReadOnlyDictionary<string, double[]> Save();

    /// <summary>Takes back what <see cref="Save"/> gave.</summary>
    /// <exception cref="ArgumentException">The state is of another method or of other tasks.</exception>
    void Restore(IReadOnlyDictionary<string, double[]> state);
}
