using DiTask.Model.Checkpoints;

namespace DiTask.Model.Training.Network;

/// <summary>First values of a network.</summary>
/// <param name="Tensors">Parameters and statistics by plain key.</param>
/// <param name="Thetas">Thetas of the checkpoint that the run starts from; empty when it has none.</param>
internal sealed record StartValues(IReadOnlyDictionary<string, HostTensor> Tensors, IReadOnlyDictionary<string, HostTensor> Thetas);
