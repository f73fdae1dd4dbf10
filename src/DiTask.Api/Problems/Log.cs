namespace DiTask.Api.Problems;

/// <summary>Events 1000 to 1999.</summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Error, "A request failed")]
    public static partial void RequestFailed(ILogger logger, Exception exception);
}
