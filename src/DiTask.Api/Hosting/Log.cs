namespace DiTask.Api.Hosting;

/// <summary>Events 6000 to 6999.</summary>
internal static partial class Log
{
    [LoggerMessage(6000, LogLevel.Information, "Draining: not ready any more, requests are accepted for {Seconds:0.#} s; {Requests} in progress")]
    public static partial void DrainBegan(ILogger logger, double seconds, int requests);

    [LoggerMessage(6001, LogLevel.Information, "Draining: no request is accepted any more; {Requests} in progress")]
    public static partial void DrainClosed(ILogger logger, int requests);

    [LoggerMessage(6002, LogLevel.Information, "Drained: every accepted request is answered")]
    public static partial void Drained(ILogger logger);

    [LoggerMessage(6003, LogLevel.Warning, "The time for shutting down is over with {Requests} requests in progress")]
    public static partial void DrainTimedOut(ILogger logger, int requests);
}
