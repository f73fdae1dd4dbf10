namespace DiTask.Api.Models;

/// <summary>Where an answered request's time went.</summary>
/// <param name="Runs">The run that each of its images was in: the same object for the images of one run.</param>
/// <param name="Input">Decoding and preprocessing.</param>
/// <param name="Queue">In the queue.</param>
/// <param name="Run">In the model.</param>
/// <param name="Output">Making the outputs.</param>
internal sealed record RequestTimes(IReadOnlyList<object> Runs, TimeSpan Input, TimeSpan Queue, TimeSpan Run, TimeSpan Output);
