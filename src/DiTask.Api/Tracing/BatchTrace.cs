using System.Diagnostics;
using DiTask.Api.Models;

namespace DiTask.Api.Tracing;

/// <summary>Makes a trace <c>batch</c> of a run, linked to the requests whose images are in it: a run belongs to none of them alone.</summary>
internal static class BatchTrace
{
    /// <summary>To be disposed when the run is over; null when nobody listens or none of the requests is recorded.</summary>
    public static Activity? Start(IReadOnlyList<ModelInput> inputs)
    {
        Activity? activity = Traces.StartRoot("batch", inputs.Select(input => input.Trace));
        return activity?.SetTag("ditask.images", inputs.Count).SetTag("ditask.tasks", string.Join('+', inputs.SelectMany(input => input.Tasks).Distinct()));
    }
}
