using System.Diagnostics.Metrics;

namespace DiTask.Api.Metrics;

/// <summary>What happens to images between a request and its answer.</summary>
internal sealed class PipelineMetrics
{
    private readonly Histogram<double> stages;
    private readonly Histogram<double> queueWaits;
    private readonly Histogram<double> batchImages;
    private readonly Counter<long> batchPadding;
    private readonly Counter<long> batches;
    private readonly Counter<double> laneBusy;
    private readonly Counter<long> images;
    private readonly Counter<long> taskMaps;
    private readonly Counter<double> taskSeconds;
    private readonly Counter<long> reloads;

    public PipelineMetrics(IMeterFactory meters)
    {
        Meter meter = meters.Create(MetricsSetup.MeterName);
        stages = meter.CreateHistogram(
            "ditask_stage_duration_seconds",
            "s",
            "Time in a stage: read, postprocess and encode per request (encode: all its maps added up), decode and preprocess per image, infer per run.",
            tags: null,
            MetricBuckets.Durations);
        queueWaits = meter.CreateHistogram(
            "ditask_queue_wait_seconds", "s", "From an image's entry into the queue to its run.", tags: null, MetricBuckets.QueueWait);
        batchImages = meter.CreateHistogram("ditask_batch_images", null, "Images of a run.", tags: null, MetricBuckets.BatchImages);
        batchPadding = meter.CreateCounter<long>("ditask_batch_padding_images_total", null, "Rows of runs that nobody asked for, added to reach an allowed size.");
        batches = meter.CreateCounter<long>("ditask_batches_total", null, "Runs of the model, by result.");
        laneBusy = meter.CreateCounter<double>("ditask_lane_busy_seconds_total", "s", "Time in which the model ran; its rate is the utilisation.");
        images = meter.CreateCounter<long>("ditask_images_total", null, "Images of requests that reached the model's door, by result; dropped: refused or left with their request.");
        taskMaps = meter.CreateCounter<long>("ditask_task_maps_total", null, "Maps that runs computed, by task.");
        reloads = meter.CreateCounter<long>("ditask_model_reloads_total", null, "Attempts to put another version of a model in place of the served one, by result.");
        taskSeconds = meter.CreateCounter<double>("ditask_task_seconds_total", "s", "Time in which a task's branch ran; the rest of the lane's time is the trunk's.");
    }

    /// <summary>Makes the series of a model's counters exist.</summary>
    public void Declare(string model, string device, IEnumerable<string> tasks)
    {
        batchPadding.Add(0, Model(model));
        laneBusy.Add(0, Model(model), new KeyValuePair<string, object?>("device", device));
        foreach (RunResult result in Enum.GetValues<RunResult>())
        {
            batches.Add(0, Model(model), Result(Name(result)));
        }

        foreach (ImageResult result in Enum.GetValues<ImageResult>())
        {
            images.Add(0, Model(model), Result(Name(result)));
        }

        reloads.Add(0, Model(model), Result(Name(true)));
        reloads.Add(0, Model(model), Result(Name(false)));
        foreach (string task in tasks)
        {
            taskMaps.Add(0, Model(model), new KeyValuePair<string, object?>("task", task));
            taskSeconds.Add(0, Model(model), new KeyValuePair<string, object?>("task", task));
        }
    }

    public void RequestRead(TimeSpan time) => Stage("read", time);

    public void ImageDecoded(TimeSpan decode, TimeSpan preprocess)
    {
        Stage("decode", decode);
        Stage("preprocess", preprocess);
    }

    /// <summary>Logits became values that are not encoded; where they are, that is one pass, and all of it is encoding.</summary>
    public void MapsPostprocessed(TimeSpan time) => Stage("postprocess", time);

    public void MapsEncoded(TimeSpan time) => Stage("encode", time);

    /// <summary>Counts an attempt to serve another version under a name that is served; after a failed one the old version serves on.</summary>
    public void ModelReloaded(string model, bool succeeded) => reloads.Add(1, Model(model), Result(Name(succeeded)));

    public void ImageEnded(string model, ImageResult result) => images.Add(1, Model(model), Result(Name(result)));

    public void QueueWaited(string model, string priority, TimeSpan time) =>
        queueWaits.Record(time.TotalSeconds, Model(model), new KeyValuePair<string, object?>("priority", priority));

    /// <summary>Counts a run.</summary>
    /// <param name="model">Whose.</param>
    /// <param name="device">Where it ran.</param>
    /// <param name="count">Images in it.</param>
    /// <param name="padding">Rows beside them.</param>
    /// <param name="tasks">Task of each map that it computed, so some come several times.</param>
    /// <param name="branches">Time of each branch that ran.</param>
    /// <param name="result">How it ended.</param>
    /// <param name="time">How long it took.</param>
    public void RunEnded(string model, string device, int count, int padding, IEnumerable<string> tasks, IReadOnlyDictionary<string, TimeSpan> branches, RunResult result, TimeSpan time)
    {
        Stage("infer", time);
        batchImages.Record(count, Model(model));
        batchPadding.Add(padding, Model(model));
        batches.Add(1, Model(model), Result(Name(result)));
        laneBusy.Add(time.TotalSeconds, Model(model), new KeyValuePair<string, object?>("device", device));
        foreach ((string task, TimeSpan taken) in branches)
        {
            taskSeconds.Add(taken.TotalSeconds, Model(model), new KeyValuePair<string, object?>("task", task));
        }

        if (result == RunResult.Ok)
        {
            foreach ((string task, int maps) in tasks.CountBy(task => task))
            {
                taskMaps.Add(maps, Model(model), new KeyValuePair<string, object?>("task", task));
            }
        }
    }

    private void Stage(string stage, TimeSpan time) => stages.Record(time.TotalSeconds, new KeyValuePair<string, object?>("stage", stage));

    private static string Name(bool succeeded) => succeeded ? "ok" : "failed";

    private static string Name(RunResult result) => result switch
    {
        RunResult.Ok => "ok",
        RunResult.Cancelled => "cancelled",
        _ => "failed",
    };

    private static string Name(ImageResult result) => result switch
    {
        ImageResult.Ok => "ok",
        ImageResult.Dropped => "dropped",
        _ => "failed",
    };

    private static KeyValuePair<string, object?> Model(string model) => new("model", model);

    private static KeyValuePair<string, object?> Result(string result) => new("result", result);
}
