namespace DiTask.Model.Inference;

/// <summary>Why a run failed, as far as it matters to what comes next.</summary>
public enum RunFailure
{
    /// <summary>Its inputs, its graph, or what nobody knows: another run may succeed.</summary>
    Other,

    /// <summary>There is not enough memory: a smaller run may succeed.</summary>
    OutOfMemory,

    /// <summary>The device does not work any more: no run of this process succeeds.</summary>
    DeviceLost,
}
