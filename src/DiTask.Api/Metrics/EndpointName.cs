namespace DiTask.Api.Metrics;

/// <summary>A route's label.</summary>
internal static class EndpointName
{
    public static string Of(Endpoint? endpoint) =>
        endpoint is RouteEndpoint { RoutePattern.RawText: { } pattern } ? "/" + pattern.TrimStart('/') : HttpMetrics.OtherEndpoint;
}
