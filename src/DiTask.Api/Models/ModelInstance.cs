using DiTask.Api.Batching;

namespace DiTask.Api.Models;

/// <summary>An opened version of a model with a queue and a worker of its own. Requests hold a lease; what is retired ends after the last of them.</summary>
internal sealed class ModelInstance(
    ServedModel model, Batcher<ModelInput, ModelOutput> batcher, BatchWorker<ModelInput, ModelOutput> worker, Lane lane) : IDisposable
{
    private readonly Lock gate = new();
    private readonly TaskCompletionSource unused = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int leases;
    private bool isRetired;
    private bool isDisposed;

    public ServedModel Model => model;

    public Batcher<ModelInput, ModelOutput> Batcher => batcher;

    /// <summary>The device that it shares with others.</summary>
    public Lane Lane => lane;

    public string Name => model.Manifest.Name;

    public string Version => model.Manifest.Version;

    /// <summary>How long opening took.</summary>
    public TimeSpan OpenTime { get; set; }

    /// <summary>How long self-test and warm-up took; zero before.</summary>
    public TimeSpan WarmUpTime { get; set; }

    /// <summary>Whether it is over: nothing holds it, nothing runs, its graphs are closed.</summary>
    public bool IsClosed
    {
        get
        {
            lock (gate)
            {
                return isDisposed;
            }
        }
    }

    /// <summary>Begins to run what is queued.</summary>
    public Task StartAsync() => worker.StartAsync(CancellationToken.None);

    /// <summary>Keeps it alive until the lease is disposed; null when it is retired.</summary>
    public ModelLease? TryLease()
    {
        lock (gate)
        {
            if (isRetired)
            {
                return null;
            }

            leases++;
            return new ModelLease(this);
        }
    }

    /// <summary>Ends a lease.</summary>
    public void Return()
    {
        lock (gate)
        {
            if (--leases == 0 && isRetired)
            {
                unused.TrySetResult();
            }
        }
    }

    /// <summary>Gives no more leases, waits for those that are out, and ends.</summary>
    public async Task RetireAsync()
    {
        lock (gate)
        {
            isRetired = true;
            if (leases == 0)
            {
                unused.TrySetResult();
            }
        }

        await unused.Task.ConfigureAwait(false);
        await StopAsync(CancellationToken.None).ConfigureAwait(false);
        Dispose();
    }

    /// <summary>Finishes what is queued while <paramref name="cancellation"/> allows it.</summary>
    public Task StopAsync(CancellationToken cancellation) => worker.StopAsync(cancellation);

    public void Dispose()
    {
        lock (gate)
        {
            if (isDisposed)
            {
                return;
            }

            isDisposed = true;
        }

        worker.Dispose();
        model.Dispose();
    }
}
