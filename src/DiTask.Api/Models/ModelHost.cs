using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using DiTask.Api.Hosting;
using DiTask.Api.Problems;

namespace DiTask.Api.Models;

/// <summary>Loads the models at the start, swaps and unloads them while others are served, says in which state they are.</summary>
internal sealed class ModelHost(
    ModelLoader loader, ModelRepository repository, ModelCatalog catalog, FreeMemory freeMemory, Drain drain, TimeProvider time, ILogger<ModelHost> logger)
    : BackgroundService
{
    /// <summary>Loading, warming and draining are a matter of seconds.</summary>
    private const int RetrySeconds = 2;

    /// <summary>Until an orchestrator has noticed that the process is of no use and started another.</summary>
    private const int RestartSeconds = 30;

    /// <summary>Every instance that is not yet closed, those that are out of the catalogue among them.</summary>
    private readonly ConcurrentDictionary<ModelInstance, byte> open = new();
    private readonly ConcurrentDictionary<string, byte> busy = new(StringComparer.Ordinal);
    private bool isAlone;
    private volatile bool hasStarted;
    private volatile bool hasNothing;

    /// <summary>A model was opened; its warm-up comes next.</summary>
    public event Action<ModelInstance>? Opened;

    /// <summary>A model was loaded anew while serving, or could not be.</summary>
    public event Action<string, bool>? Reloaded;

    /// <summary>Versions that hold memory: those that serve, that are being loaded, and that were retired and still answer what they accepted.</summary>
    public int OpenCount => open.Count;

    /// <summary>Where the service is in its life.</summary>
    public ModelState State
    {
        get
        {
            if (hasNothing)
            {
                return ModelState.Failed;
            }

            if (IsDeviceLost)
            {
                return ModelState.DeviceLost;
            }

            if (drain.IsDraining)
            {
                return ModelState.Draining;
            }

            ModelEntry[] required = [.. catalog.All.Where(model => model.IsRequired)];
            return hasStarted
                ? Array.TrueForAll(required, model => model.IsReady) ? ModelState.Ready : ModelState.Failed
                : required.SelectMany(model => model.Versions).Any(version => version.State == ModelState.Warming) ? ModelState.Warming : ModelState.Loading;
        }
    }

    /// <summary>Whether the process is of use.</summary>
    public bool IsLive => !hasNothing && !IsDeviceLost;

    /// <summary>Whether the first load is over and left something to serve.</summary>
    public bool HasStarted => hasStarted && !hasNothing;

    /// <summary>Whether every model that was to be loaded at the start answers requests now.</summary>
    public bool IsReady => State == ModelState.Ready;

    private bool IsDeviceLost => catalog.Instances.Any(instance => instance.Lane.IsLost);

    /// <summary>The service's state on the wire.</summary>
    public string StateName => NameOf(State);

    /// <summary>The state of a version on the wire.</summary>
    public static string NameOf(ModelState state) => state switch
    {
        ModelState.Loading => "loading",
        ModelState.Warming => "warming",
        ModelState.Ready => "ready",
        ModelState.Draining => "draining",
        ModelState.DeviceLost => "device_lost",
        _ => "failed",
    };

    /// <summary>The state of a version, the service's shutdown and its device's included.</summary>
    public ModelState StateOf(ModelVersion version) =>
        version.Instance is { Lane.IsLost: true } ? ModelState.DeviceLost : State == ModelState.Draining ? ModelState.Draining : version.State;

    /// <summary>Finds a version that is known, whatever its state.</summary>
    /// <exception cref="RequestErrorException">There is none of this name, or nothing is known yet.</exception>
    public (ModelEntry Model, ModelVersion Version) Find(string? name, string? version) =>
        catalog.All.Any() || State == ModelState.Ready ? catalog.Find(name, version) : throw new RequestErrorException(Unavailable(State));

    /// <summary>An opened version, whatever its state: enough to describe it.</summary>
    /// <exception cref="RequestErrorException">There is none of this name, or it is not opened.</exception>
    public ModelInstance FindOpened(string? name, string? version)
    {
        ModelVersion found = Find(name, version).Version;
        return found.Instance ?? throw new RequestErrorException(Unavailable(StateOf(found)));
    }

    /// <summary>A version that answers requests, kept until the lease is disposed: while the service drains too, until it is closed.</summary>
    /// <exception cref="RequestErrorException">There is none of this name, or it is loading, warming, draining or failed.</exception>
    public ModelLease Lease(string? name, string? version)
    {
        while (true)
        {
            ModelVersion found = Find(name, version).Version;
            if (drain.IsClosed || found.State != ModelState.Ready || found.Instance is not { Lane.IsLost: false } instance)
            {
                throw new RequestErrorException(Unavailable(StateOf(found)));
            }

            // None when it was swapped between the two lines: its successor is in the catalogue by then.
            if (instance.TryLease() is { } lease)
            {
                return lease;
            }
        }
    }

    /// <summary>Loads a model's versions from what lies in the repository now; what served before goes on until they are warm, and when they fail.</summary>
    /// <exception cref="RequestErrorException">There is none, it is being loaded already, there is no room for it, or it cannot be loaded.</exception>
    public async Task LoadAsync(string name, CancellationToken cancellation)
    {
        using IDisposable turn = BeginChange(name);
        ModelSource[] sources = [.. repository.Select(repository.Scan().Where(source => (source.Name ?? name) == name))];
        if (sources.Length == 0)
        {
            throw new RequestErrorException(new(ErrorCode.UnknownModel, $"The repository has no model '{name}'."));
        }

        RequireRoom(name, sources);
        bool isRequired = catalog.Get(name)?.IsRequired ?? false;
        bool isServed = catalog.Get(name)?.Versions.Any(version => version.State == ModelState.Ready) ?? false;
        List<ModelVersion> loaded = [];
        foreach (ModelSource source in sources)
        {
            try
            {
                if (!isServed && source.Version is { } version)
                {
                    catalog.Change(name, model => (model ?? new ModelEntry(name, [], IsRequired: false)).With(new(version, ModelState.Loading)));
                }

                loaded.Add(await PrepareAsync(name, source, null, cancellation).ConfigureAwait(false));
            }
            catch (Exception exception) when (exception is not RequestErrorException && !cancellation.IsCancellationRequested)
            {
                Log.ReloadFailed(logger, name, source.Path, exception);
                loaded.ForEach(version => Retire(version.Instance!));
                string reason = ModelLoader.Explain(source, exception);
                if (!isServed && source.Version is { } version)
                {
                    catalog.Change(name, _ => new ModelEntry(name, [new(version, ModelState.Failed, null, reason)], isRequired));
                }

                Reloaded?.Invoke(name, false);
                throw new RequestErrorException(new(ErrorCode.LoadFailed, $"Version {source.Version ?? "in the folder"} of model '{name}' could not be loaded. {reason}"));
            }
        }

        ModelEntry? before = catalog.Change(name, _ => new ModelEntry(name, loaded, isRequired));
        AdoptIfAlone(name);
        hasNothing = false;
        RetireAll(before);
        Reloaded?.Invoke(name, true);
        Log.Swapped(logger, name, string.Join(", ", loaded.Select(version => version.Version)));
    }

    /// <summary>Stops serving a model. Requests that it has accepted are answered.</summary>
    /// <exception cref="RequestErrorException">There is none of this name, it is being loaded, or nothing else is served.</exception>
    public void Unload(string name)
    {
        using IDisposable turn = BeginChange(name);
        ModelEntry model = catalog.Find(name, null).Model;
        if (model.Versions.Any(version => version.State == ModelState.Ready)
            && !catalog.All.Any(other => other.Name != name && other.Versions.Any(version => version.State == ModelState.Ready)))
        {
            throw new RequestErrorException(new(ErrorCode.LastModel, $"Model '{name}' is the last one that is served; load another first."));
        }

        RetireAll(catalog.Change(name, _ => null));
        Log.Unloaded(logger, name);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        await Task.WhenAll(open.Keys.Select(instance => instance.StopAsync(cancellationToken))).ConfigureAwait(false);
    }

    public override void Dispose()
    {
        base.Dispose();
        foreach (ModelInstance instance in open.Keys)
        {
            instance.Dispose();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        ModelSource[] sources = [.. repository.Scan().GroupBy(source => source.Name).SelectMany(repository.Select)];
        isAlone = sources.DistinctBy(source => source.Name).Count() == 1;
        foreach (ModelSource source in sources)
        {
            Show(source, ModelState.Loading);
        }

        foreach (ModelSource source in sources)
        {
            if (!await StartAsync(source, stoppingToken).ConfigureAwait(false))
            {
                return;
            }
        }

        hasNothing = !catalog.All.Any(model => model.Versions.Any(version => version.State == ModelState.Ready));
        hasStarted = true;
    }

    /// <summary>Why there is no answer in a state.</summary>
    internal static RequestError Unavailable(ModelState state) => state switch
    {
        ModelState.Loading => new(ErrorCode.Loading, "The model is being loaded; /readyz says when it is ready.") { RetryAfterSeconds = RetrySeconds },
        ModelState.Warming => new(ErrorCode.Warming, "The model is being warmed up; /readyz says when it is ready.") { RetryAfterSeconds = RetrySeconds },
        ModelState.DeviceLost => new(ErrorCode.DeviceLost, "The device that runs the model does not answer any more; the process has to be started again.")
        {
            RetryAfterSeconds = RestartSeconds,
        },
        ModelState.Failed => new(ErrorCode.ModelFailed, "The model could not be loaded; the service's log says why."),
        _ => new(ErrorCode.Draining, "The service is shutting down; another replica may answer.") { RetryAfterSeconds = RetrySeconds },
    };

    /// <summary>Loads a version at the start; false when the service stopped meanwhile.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever loading throws is logged, and the health answers say failed.")]
    private async Task<bool> StartAsync(ModelSource source, CancellationToken stopping)
    {
        try
        {
            ModelVersion version = await PrepareAsync(source.Name, source, instance => Show(source, ModelState.Warming, instance), stopping).ConfigureAwait(false);
            Show(source, ModelState.Ready, version.Instance);
            return true;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception exception)
        {
            Log.LoadFailed(logger, source.Path, exception);
            Show(source, ModelState.Failed, null, ModelLoader.Explain(source, exception));
            return true;
        }
    }

    /// <summary>Opens, tests and warms a version, and lets it run.</summary>
    private async Task<ModelVersion> PrepareAsync(string? name, ModelSource source, Action<ModelInstance>? opened, CancellationToken cancellation)
    {
        long start = time.GetTimestamp();
        ModelInstance instance = loader.Open(source);
        open[instance] = 0;
        try
        {
            if (name is not null && instance.Name != name)
            {
                throw new RequestErrorException(new(ErrorCode.UnknownModel, $"The folder holds model '{instance.Name}', not '{name}'."));
            }

            Opened?.Invoke(instance);
            opened?.Invoke(instance);
            await loader.StartAsync(instance, cancellation).ConfigureAwait(false);
        }
        catch
        {
            Retire(instance);
            throw;
        }

        Log.Ready(
            logger,
            instance.Name,
            instance.Version,
            string.Join(", ", instance.Model.TaskNames),
            instance.Model.Provider,
            time.GetElapsedTime(start).TotalSeconds);
        foreach (string notice in new[] { instance.Model.Manifest.Notice, instance.Model.ProviderNotice }.OfType<string>())
        {
            Log.Notice(logger, notice);
        }

        return new ModelVersion(instance.Version, ModelState.Ready, instance);
    }

    /// <summary>Shows the state of a version that is loaded at the start. What has no name yet is not shown.</summary>
    private void Show(ModelSource source, ModelState state, ModelInstance? instance = null, string? reason = null)
    {
        string? name = source.Name ?? instance?.Name;
        string? version = source.Version ?? instance?.Version;
        if (name is not null && version is not null)
        {
            catalog.Change(name, model => (model ?? new ModelEntry(name, [], IsRequired: true)).With(new(version, state, instance, reason)));
            AdoptIfAlone(name);
        }
    }

    /// <summary>The only model of the start stays the default, whatever is loaded beside it later.</summary>
    private void AdoptIfAlone(string name)
    {
        if (isAlone)
        {
            catalog.Adopt(name);
        }
    }

    /// <summary>What serves stays loaded until its successor is warm, so both have to fit. Weights on disk are the least that a model takes.</summary>
    private void RequireRoom(string name, ModelSource[] sources)
    {
        long needed = sources.Sum(source => new DirectoryInfo(source.Path).EnumerateFiles().Sum(file => file.Length));
        long free = freeMemory();
        if (needed > free)
        {
            throw new RequestErrorException(new(
                ErrorCode.InsufficientMemory,
                $"Model '{name}' needs at least {Mebibytes(needed)} MiB beside what is loaded; {Mebibytes(free)} MiB are free. Unload another model first, or give the service more memory."));
        }
    }

    private static string Mebibytes(long bytes) => (bytes / (1024.0 * 1024.0)).ToString("F1", CultureInfo.InvariantCulture);

    private Turn BeginChange(string name) => busy.TryAdd(name, 0)
        ? new Turn(() => busy.TryRemove(name, out _))
        : throw new RequestErrorException(new(ErrorCode.ReloadInProgress, $"Model '{name}' is being loaded; wait for the end of that."));

    private void RetireAll(ModelEntry? model)
    {
        foreach (ModelInstance instance in model?.Versions.Select(version => version.Instance).OfType<ModelInstance>() ?? [])
        {
            Retire(instance);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Nobody waits for the end of a retired model; whatever it throws is logged.")]
    private async void Retire(ModelInstance instance)
    {
        await Task.Yield();
        try
        {
            await instance.RetireAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Log.CloseFailed(logger, instance.Name, instance.Version, exception);
        }

        open.TryRemove(instance, out _);
    }

    private sealed class Turn(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
