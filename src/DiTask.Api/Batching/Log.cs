namespace DiTask.Api.Batching;

/// <summary>Events 2000 to 2999.</summary>
internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Warning, "A batch of {Count} failed; each of its items runs once alone")]
    public static partial void BatchFailed(ILogger logger, int count, Exception exception);

    [LoggerMessage(2001, LogLevel.Error, "An item failed alone")]
    public static partial void ItemFailed(ILogger logger, Exception exception);
}
