namespace DiTask.Api.Models;

/// <summary>Where a model, or the whole service, is in its life.</summary>
internal enum ModelState
{
    Loading,
    Warming,
    Ready,
    Draining,
    Failed,

    /// <summary>The device does not work any more; only a new process helps.</summary>
    DeviceLost,
}
