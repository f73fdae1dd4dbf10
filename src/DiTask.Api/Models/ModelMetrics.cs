using System.Diagnostics.Metrics;
using DiTask.Api.Batching;
using DiTask.Api.Metrics;

namespace DiTask.Api.Models;

/// <summary>What the service says of its model and of the queue in front of it.</summary>
internal sealed class ModelMetrics
{
    private readonly ModelHost host;

    public ModelMetrics(
        ModelHost host, Batcher<ModelInput, ModelOutput> batcher, PipelineMetrics pipeline, MetricRegistry registry)
    {
        this.host = host;
        host.Opened += model => pipeline.Declare(model.Manifest.Name, model.Provider, model.TaskNames);
        batcher.Waited += (priority, time) =>
            pipeline.QueueWaited(host.Current?.Manifest.Name ?? "", priority == BatchPriority.Bulk ? "bulk" : "interactive", time);

        Meter meter = registry.Meter;
        meter.CreateObservableGauge("ditask_model_info", Describe, null, "1, with what is served in the labels.");
        meter.CreateObservableGauge("ditask_model_ready", () => Of(_ => host.IsReady ? 1 : 0), null, "1 when requests are answered.");
        meter.CreateObservableGauge("ditask_model_load_seconds", DescribeLoad, "s", "Time that a phase of the model's loading took.");
        meter.CreateObservableGauge("ditask_queue_images", () => Of(_ => batcher.Count), null, "Images that wait.");
        meter.CreateObservableGauge("ditask_queue_capacity_images", () => Of(_ => batcher.Capacity), null, "Images that may wait.");
        meter.CreateObservableCounter("ditask_queue_left_images_total", () => Of(_ => batcher.Cancelled), null, "Images whose callers left while they waited.");
        meter.CreateObservableCounter("ditask_queue_expired_images_total", () => Of(_ => batcher.Expired), null, "Images whose time was over while they waited.");
    }

    private static KeyValuePair<string, object?> Label(string name, string value) => new(name, value);

    private Measurement<long>[] Of(Func<ServedModel, long> value) =>
        host.Current is { } model ? [new(value(model), Label("model", model.Manifest.Name))] : [];

    private Measurement<long>[] Describe() => host.Current is { } model
        ?
        [
            new(
                1,
                Label("model", model.Manifest.Name),
                Label("version", model.Manifest.Version),
                Label("digest", model.Digest),
                Label("provider", model.Provider),
                Label("ort", model.RuntimeVersion)),
        ]
        : [];

    private Measurement<double>[] DescribeLoad() => host.Current is { } model
        ?
        [
            new(model.ReadTime.TotalSeconds, Label("model", model.Manifest.Name), Label("phase", "read")),
            new((host.OpenTime - model.ReadTime).TotalSeconds, Label("model", model.Manifest.Name), Label("phase", "session")),
            new(host.WarmUpTime.TotalSeconds, Label("model", model.Manifest.Name), Label("phase", "warmup")),
        ]
        : [];
}
