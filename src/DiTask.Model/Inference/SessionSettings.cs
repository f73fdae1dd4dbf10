namespace DiTask.Model.Inference;

/// <summary>Where and how a folded model runs.</summary>
public sealed record SessionSettings
{
    /// <summary>Execution provider: <c>cpu</c>, <c>cuda</c>, <c>coreml</c>, or <c>auto</c>, which takes CUDA where it loads and the CPU otherwise. Default cpu.</summary>
    public string Provider { get; init; } = "cpu";

    /// <summary>Index of the device. Default 0.</summary>
    public int DeviceId { get; init; }

    /// <summary>Threads of one run on the CPU; 0 takes one per physical core. Default 0.</summary>
    public int Threads { get; init; }

    /// <summary>Most bytes that the CUDA provider takes of the device for its arena; 0 for no limit. Each graph of a model has an arena of its own. Default 0.</summary>
    public long GpuMemoryLimit { get; init; }

    /// <summary>How an arena grows on the GPU: <c>same-as-requested</c> or <c>next-power-of-two</c>. Default same-as-requested.</summary>
    public string ArenaStrategy { get; init; } = "same-as-requested";

    /// <summary>How cuDNN chooses a convolution: <c>exhaustive</c> (tries all, once per shape), <c>heuristic</c> or <c>default</c>. Default exhaustive.</summary>
    public string CudnnSearch { get; init; } = "exhaustive";

    /// <summary>Whether memory of the CPU that a run gave back is kept for the next one. Default true.</summary>
    public bool CpuArena { get; init; } = true;
}
