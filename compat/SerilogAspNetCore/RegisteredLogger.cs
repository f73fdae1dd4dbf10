namespace Serilog.Extensions.Hosting;

/// <summary>Carries the root logger through the container, which would dispose a logger registered as itself.</summary>
internal sealed record RegisteredLogger(ILogger Logger);
