using DiTask.Model.Config;

namespace DiTask.Model.Checkpoints;

/// <summary>What a checkpoint's keys say.</summary>
/// <param name="Config">The configuration, as far as there is one.</param>
/// <param name="Problems">Why it cannot be used; empty when it can.</param>
internal sealed record Detection(ModelConfig? Config, IReadOnlyList<string> Problems);
