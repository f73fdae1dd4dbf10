using System.Diagnostics.CodeAnalysis;
using DiTask.Api.Batching;
using DiTask.Api.Hosting;
using DiTask.Api.Problems;
using Microsoft.Extensions.Options;

namespace DiTask.Api.Models;

/// <summary>Holds the served model: opens it, warms it up, says in which state it is.</summary>
internal sealed class ModelHost(
    OpenModel open,
    IOptions<ModelsOptions> options,
    IOptions<BatchingOptions> batching,
    Batcher<ModelInput, ModelOutput> batcher,
    Drain drain,
    TimeProvider time,
    ILogger<ModelHost> logger) : BackgroundService
{
    /// <summary>Loading, warming and draining are a matter of seconds.</summary>
    private const int RetrySeconds = 2;

    private volatile ServedModel? current;
    private volatile ModelState state = ModelState.Loading;

    /// <summary>A model was opened; its warm-up comes next.</summary>
    public event Action<ServedModel>? Opened;

    /// <summary>How long opening took; zero before.</summary>
    public TimeSpan OpenTime { get; private set; }

    /// <summary>How long the warm-up took; zero before.</summary>
    public TimeSpan WarmUpTime { get; private set; }

    /// <summary>Where the model is in its life.</summary>
    public ModelState State => drain.IsDraining && state != ModelState.Failed ? ModelState.Draining : state;

    /// <summary>Whether the process is of use.</summary>
    public bool IsLive => State != ModelState.Failed;

    /// <summary>Whether requests are answered now.</summary>
    public bool IsReady => State == ModelState.Ready;

    /// <summary>The state on the wire.</summary>
    public string StateName => State switch
    {
        ModelState.Loading => "loading",
        ModelState.Warming => "warming",
        ModelState.Ready => "ready",
        ModelState.Draining => "draining",
        _ => "failed",
    };

    /// <summary>The model, from the time that its manifest is known; null before.</summary>
    public ServedModel? Current => current;

    /// <summary>The model, when requests may use it: while the service drains too, until it is closed.</summary>
    /// <exception cref="RequestErrorException">It is loading, warming, draining or failed.</exception>
    public ServedModel RequireReady() => drain.IsClosed ? throw new RequestErrorException(UnavailableError()) : RequireLoaded();

    /// <summary>The model, for a request that was let in: it is answered whatever has begun since.</summary>
    /// <exception cref="RequestErrorException">It is not loaded.</exception>
    public ServedModel RequireLoaded() =>
        state == ModelState.Ready && current is { } model ? model : throw new RequestErrorException(UnavailableError());

    /// <summary>Why there is no answer in this state.</summary>
    public RequestError UnavailableError() => State switch
    {
        ModelState.Loading => new(ErrorCode.Loading, "The model is being loaded; /readyz says when it is ready.") { RetryAfterSeconds = RetrySeconds },
        ModelState.Warming => new(ErrorCode.Warming, "The model is being warmed up; /readyz says when it is ready.") { RetryAfterSeconds = RetrySeconds },
        ModelState.Failed => new(ErrorCode.ModelFailed, "The model could not be loaded; the service's log says why."),
        _ => new(ErrorCode.Draining, "The service is shutting down; another replica may answer.") { RetryAfterSeconds = RetrySeconds },
    };

    public override void Dispose()
    {
        base.Dispose();
        current?.Dispose();
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever opening throws is logged, and the health answers say failed.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            long start = time.GetTimestamp();
            ServedModel model = open(options.Value);
            OpenTime = time.GetElapsedTime(start);
            current = model;
            Opened?.Invoke(model);
            state = ModelState.Warming;
            RunTimeTable runTimes = WarmUp.Run(model, batching.Value.ReadSizes().All, time, stoppingToken);
            batcher.Calibrate(runTimes.Totals);
            WarmUpTime = time.GetElapsedTime(start) - OpenTime;
            state = ModelState.Ready;
            Log.Ready(
                logger,
                model.Manifest.Name,
                model.Manifest.Version,
                string.Join(", ", model.TaskNames),
                model.Provider,
                time.GetElapsedTime(start).TotalSeconds);
            Log.RunTimes(logger, runTimes);
            LogNotices(model);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped while warming: the service is going away.
        }
        catch (Exception exception)
        {
            state = ModelState.Failed;
            Log.LoadFailed(logger, options.Value.Path, exception);
        }
    }

    private void LogNotices(ServedModel model)
    {
        if (model.Manifest.Notice is { } notice)
        {
            Log.Notice(logger, notice);
        }

        if (model.ProviderNotice is { } providerNotice)
        {
            Log.Notice(logger, providerNotice);
        }
    }
}
