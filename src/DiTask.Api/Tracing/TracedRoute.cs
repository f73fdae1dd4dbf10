namespace DiTask.Api.Tracing;

/// <summary>Marks the routes whose requests are an activity <c>predict</c>.</summary>
internal sealed class TracedRoute;
