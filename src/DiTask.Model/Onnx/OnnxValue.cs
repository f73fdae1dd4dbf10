using DiTask.Model.Checkpoints;

namespace DiTask.Model.Onnx;

/// <summary>An edge of a graph: the result of a node, or a constant that enters the graph when a node first reads it.</summary>
/// <param name="Name">Name in the graph.</param>
/// <param name="Constant">The values of a constant; null for a result.</param>
internal sealed record OnnxValue(string Name, HostTensor? Constant = null);
