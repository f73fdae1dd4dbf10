using Microsoft.Extensions.Options;

namespace DiTask.Api.Hosting;

/// <summary>
/// The way out: not ready at once; requests still accepted for a while, so that nobody who has not heard of it yet is turned away; then refused, with
/// the listener open, until those that were accepted are answered. Only then does the host stop its parts.
/// </summary>
internal sealed class Drain : IHostedLifecycleService, IDisposable
{
    private readonly HostingOptions options;
    private readonly TimeProvider time;
    private readonly ILogger<Drain> logger;
    private readonly CancellationTokenRegistration registration;
    private readonly TaskCompletionSource idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock gate = new();
    private TimeSpan delay;
    private long begunAt;
    private volatile bool isDraining;
    private int requests;

    public Drain(IOptions<HostingOptions> options, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<Drain> logger)
    {
        this.options = options.Value;
        this.time = time;
        this.logger = logger;
        registration = lifetime.ApplicationStopping.UnsafeRegister(static drain => ((Drain)drain!).Begin(isAnnounced: false), this);
    }

    /// <summary>Whether the service is going away.</summary>
    public bool IsDraining => isDraining;

    /// <summary>Whether new requests are refused.</summary>
    public bool IsClosed => isDraining && Left <= TimeSpan.Zero;

    private TimeSpan Left => delay - time.GetElapsedTime(begunAt);

    /// <summary>Begins; once begun, nothing changes any more.</summary>
    /// <param name="isAnnounced">Others may still send requests for <see cref="HostingOptions.DrainDelay"/>; otherwise there is nobody to wait for.</param>
    public void Begin(bool isAnnounced)
    {
        lock (gate)
        {
            if (isDraining)
            {
                return;
            }

            delay = isAnnounced ? options.DrainDelay : TimeSpan.Zero;
            begunAt = time.GetTimestamp();
            isDraining = true;
        }

        Log.DrainBegan(logger, delay.TotalSeconds, Volatile.Read(ref requests));
    }

    /// <summary>Counts a request in progress; the end of its answer is the end of the task.</summary>
    public async Task CountAsync(HttpContext context, RequestDelegate next)
    {
        Interlocked.Increment(ref requests);
        try
        {
            if (isDraining && HttpProtocol.IsHttp11(context.Request.Protocol))
            {
                // The next request then takes a new connection, which a load balancer gives to another replica.
                context.Response.OnStarting(
                    static state =>
                    {
                        ((HttpResponse)state).Headers.Connection = "close";
                        return Task.CompletedTask;
                    },
                    context.Response);
            }

            await next(context).ConfigureAwait(false);
        }
        finally
        {
            if (Interlocked.Decrement(ref requests) == 0 && IsClosed)
            {
                idle.TrySetResult();
            }
        }
    }

    /// <summary>Returns when every accepted request is answered, or the host's time is over.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        Begin(isAnnounced: false);
        if (Left is { } left && left > TimeSpan.Zero)
        {
            await Task.Delay(left, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        int open = Volatile.Read(ref requests);
        Log.DrainClosed(logger, open);
        if (open == 0)
        {
            idle.TrySetResult();
        }

        await idle.Task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (idle.Task.IsCompleted)
        {
            Log.Drained(logger);
        }
        else
        {
            Log.DrainTimedOut(logger, Volatile.Read(ref requests));
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => registration.Dispose();
}
