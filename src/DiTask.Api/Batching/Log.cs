namespace DiTask.Api.Batching;

/// <summary>Events 2000 to 2999.</summary>
internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Warning, "A batch of {Count} failed; each of its items runs once alone")]
    public static partial void BatchFailed(ILogger logger, int count, Exception exception);

    [LoggerMessage(2002, LogLevel.Warning, "A run of {Size} needs more memory than there is; for {Seconds:0} s runs have {Limit} images at most")]
    public static partial void RunTooLarge(ILogger logger, int size, double seconds, int limit, Exception exception);

    [LoggerMessage(2003, LogLevel.Critical, "The device is lost: no run succeeds any more, the process has to be started again")]
    public static partial void RunnerLost(ILogger logger, Exception exception);

    [LoggerMessage(2001, LogLevel.Error, "An item failed alone")]
    public static partial void ItemFailed(ILogger logger, Exception exception);
}
