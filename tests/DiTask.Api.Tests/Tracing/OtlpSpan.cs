namespace DiTask.Api.Tests.Tracing;

/// <summary>A span as it arrived; identifiers in hex, the parent's empty where there is none.</summary>
internal sealed record OtlpSpan(string Service, string Trace, string Parent, string Name, IReadOnlyList<string> LinkedTraces);
