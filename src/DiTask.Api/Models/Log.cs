namespace DiTask.Api.Models;

/// <summary>Events 3000 to 3999.</summary>
internal static partial class Log
{
    [LoggerMessage(3000, LogLevel.Information, "Model {Name} version {Version} is ready: {Tasks} on {Provider}, loaded and warmed in {Seconds:0.0} s")]
    public static partial void Ready(ILogger logger, string name, string version, string tasks, string provider, double seconds);

    [LoggerMessage(3001, LogLevel.Warning, "Notice: {Notice}")]
    public static partial void Notice(ILogger logger, string notice);

    [LoggerMessage(3003, LogLevel.Information, "A run of all tasks takes, by images: {RunTimes}")]
    public static partial void RunTimes(ILogger logger, RunTimeTable runTimes);

    [LoggerMessage(3002, LogLevel.Critical, "The model at {Path} could not be loaded; requests for it are answered 503")]
    public static partial void LoadFailed(ILogger logger, string path, Exception exception);

    [LoggerMessage(3010, LogLevel.Error, "Model {Name} could not be loaded anew from {Path}; what served before goes on")]
    public static partial void ReloadFailed(ILogger logger, string name, string path, Exception exception);

    [LoggerMessage(3011, LogLevel.Information, "Model {Name} is served anew: versions {Versions}")]
    public static partial void Swapped(ILogger logger, string name, string versions);

    [LoggerMessage(3012, LogLevel.Information, "Model {Name} is unloaded")]
    public static partial void Unloaded(ILogger logger, string name);

    [LoggerMessage(3013, LogLevel.Error, "Model {Name} version {Version} could not be closed")]
    public static partial void CloseFailed(ILogger logger, string name, string version, Exception exception);
}
