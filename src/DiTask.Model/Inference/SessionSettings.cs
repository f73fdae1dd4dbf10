namespace DiTask.Model.Inference;

/// <summary>Where and how a folded model runs.</summary>
public sealed record SessionSettings
{
    /// <summary>Execution provider: <c>cpu</c>, <c>cuda</c>, <c>webgpu</c>, or <c>auto</c>, which takes CUDA where it loads and the CPU otherwise. Default cpu.</summary>
    public string Provider { get; init; } = "cpu";

    /// <summary>Index of the device. Default 0.</summary>
    public int DeviceId { get; init; }

    /// <summary>Threads of one run on the CPU; 0 takes one per physical core. Default 0.</summary>
    public int Threads { get; init; }
}
