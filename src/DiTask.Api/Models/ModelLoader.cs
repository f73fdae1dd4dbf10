using System.Collections.Concurrent;
using DiTask.Api.Batching;
using DiTask.Api.Metrics;
using DiTask.Model.Artifacts;
using DiTask.Model.Inference;
using Microsoft.Extensions.Options;

namespace DiTask.Api.Models;

/// <summary>Opens versions of models and makes them fit to serve: tested, warmed up, with a queue of their own.</summary>
internal sealed class ModelLoader(
    OpenModel open,
    IOptions<ModelsOptions> options,
    IOptions<BatchingOptions> batching,
    PipelineMetrics metrics,
    TimeProvider time,
    ILoggerFactory loggers) : IDisposable
{
    private readonly ILogger logger = loggers.CreateLogger<ModelLoader>();
    private readonly ConcurrentDictionary<string, Lane> lanes = new(StringComparer.Ordinal);

    /// <summary>Opens what <paramref name="source"/> names.</summary>
    /// <exception cref="Exception">Whatever is wrong with it; <see cref="Explain"/> says it without paths.</exception>
    public ModelInstance Open(ModelSource source)
    {
        long start = time.GetTimestamp();
        ServedModel model = open(source, options.Value);
        Batcher<ModelInput, ModelOutput> batcher = new(batching, time);
        Lane lane = lanes.GetOrAdd(model.Provider, _ => new Lane());
        ModelRunner runner = new(model, metrics, batching, time);
        return new ModelInstance(model, batcher, new(batcher, runner.Run, lane, time, loggers.CreateLogger<BatchWorker<ModelInput, ModelOutput>>()), lane)
        {
            OpenTime = time.GetElapsedTime(start),
        };
    }

    /// <summary>Tests and warms up, then lets the instance run what is queued.</summary>
    /// <exception cref="ModelFolderException">Its maps are not what was folded.</exception>
    /// <exception cref="Exception">A run failed.</exception>
    public async Task StartAsync(ModelInstance instance, CancellationToken cancellation)
    {
        long start = time.GetTimestamp();
        ServedModel model = InTurn(instance);
        RequireGood(model, cancellation);
        RunTimeTable runTimes = WarmUp.Run(model, batching.Value.ReadSizes().All, time, cancellation);
        instance.Batcher.Calibrate(runTimes.Totals);
        Log.RunTimes(logger, runTimes);
        instance.WarmUpTime = time.GetElapsedTime(start);
        await instance.StartAsync().ConfigureAwait(false);
    }

    /// <summary>What is wrong with a model, for the eyes of whoever asked to load it: names of files, no paths.</summary>
    public static string Explain(ModelSource source, Exception exception) => exception is ModelFolderException known
        ? known.Message.Replace(source.Path, $"{source.Name}/{source.Version}", StringComparison.Ordinal)
        : "The graphs could not be opened and run; the service's log has the reason.";

    public void Dispose()
    {
        foreach (Lane lane in lanes.Values)
        {
            lane.Dispose();
        }
    }

    private static void RequireGood(ServedModel model, CancellationToken cancellation)
    {
        SelfTestSpec? expected = model.Manifest.SelfTest;
        var rows = model.TaskNames.ToDictionary(task => task, IReadOnlyList<int> (_) => [0]);
        var logits = model.Run(SelfTest.MakeImage(model.Manifest.Input.Size, expected), 1, rows, new RunTimings(), cancellation);
        string problems = string.Join(' ', SelfTest.Problems(expected, logits));
        if (problems.Length > 0)
        {
            throw new ModelFolderException($"The self-test failed. {problems}");
        }
    }

    /// <summary>The model, each of whose runs waits for its turn, so that those which already serve go on between them.</summary>
    private static ServedModel InTurn(ModelInstance instance) => instance.Model with
    {
        Run = (images, count, rows, timings, cancellation) =>
        {
            using IDisposable turn = instance.Lane.EnterAsync(cancellation).GetAwaiter().GetResult();
            return instance.Model.Run(images, count, rows, timings, cancellation);
        },
    };
}
