using System.Runtime.InteropServices;

namespace DiTask.Api.Hosting;

/// <summary>
/// What ends the process: SIGTERM, which an orchestrator sends while others still send requests, and Ctrl+C or Ctrl+\ of somebody at a terminal, who
/// does not want to wait for that. The second signal ends it at once.
/// </summary>
internal sealed class SignalLifetime(Drain drain, IHostApplicationLifetime lifetime) : IHostLifetime, IDisposable
{
    /// <summary>Shells add a signal's number to it for the exit code.</summary>
    private const int SignalExit = 128;

    private readonly List<PosixSignalRegistration> registrations = [];
    private int signals;

    /// <summary>Ends the process at once with an exit code.</summary>
    public Action<int> Exit { get; init; } = Environment.Exit;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        foreach (PosixSignal signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGQUIT, PosixSignal.SIGTERM])
        {
            registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                Receive(context.Signal);
            }));
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => registrations.ForEach(registration => registration.Dispose());

    /// <summary>Acts on a signal.</summary>
    internal void Receive(PosixSignal signal)
    {
        if (Interlocked.Increment(ref signals) > 1)
        {
            Exit(SignalExit + Number(signal));
            return;
        }

        drain.Begin(isAnnounced: signal == PosixSignal.SIGTERM);
        lifetime.StopApplication();
    }

    private static int Number(PosixSignal signal) => signal switch
    {
        PosixSignal.SIGINT => 2,
        PosixSignal.SIGQUIT => 3,
        _ => 15,
    };
}
