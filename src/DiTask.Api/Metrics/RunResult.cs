namespace DiTask.Api.Metrics;

/// <summary>How a run of the model ended.</summary>
internal enum RunResult
{
    Ok,
    Failed,

    /// <summary>Nobody waited for it any more.</summary>
    Cancelled,
}
