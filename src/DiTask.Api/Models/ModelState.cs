namespace DiTask.Api.Models;

/// <summary>Where a model, or the whole service, is in its life.</summary>
internal enum ModelState
{
    Loading,
    Warming,
    Ready,
    Draining,
    Failed,
}
