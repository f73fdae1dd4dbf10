using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DiTask.Model.Training.Balancing;

/// <summary>What a balancing method sees of one (micro-)batch.</summary>
/// <param name="Losses">The raw scalar loss of each task, in the run's task order; never their sum.</param>
/// <param name="Shared">Parameters that several tasks share.</param>
/// <param name="LastShared">Parameters of the last layer that the tasks share; GradNorm measures there.</param>
/// <param name="Step">Number of the optimizer step; micro-batches that are accumulated have the same one.</param>
/// <param name="Epoch">Number of the epoch.</param>
internal sealed record BalancingStep(
    IReadOnlyDictionary<string, Tensor> Losses, IReadOnlyList<Parameter> Shared, IReadOnlyList<Parameter> LastShared, long Step, int Epoch)
{
    /// <summary>
    /// What every gradient of this call is multiplied by: 1/n for n accumulated micro-batches, times the scale of mixed precision. The losses
    /// themselves stay as they are, because methods compare them.
    /// </summary>
    public double Scale { get; init; } = 1;
}
