using System.Diagnostics.Metrics;
using DiTask.Api.Batching;
using DiTask.Api.Metrics;

namespace DiTask.Api.Models;

/// <summary>What the service says of its models and of the queues in front of them. A model's versions are added up.</summary>
internal sealed class ModelMetrics
{
    private readonly ModelHost host;
    private readonly ModelCatalog catalog;

    public ModelMetrics(ModelHost host, ModelCatalog catalog, PipelineMetrics pipeline, IMeterFactory meters)
    {
        this.host = host;
        this.catalog = catalog;

        Meter meter = meters.Create(MetricsSetup.MeterName);
        meter.CreateObservableGauge("ditask_model_info", Describe, null, "1, with what is served in the labels.");
        meter.CreateObservableGauge("ditask_model_ready", DescribeReady, null, "1 when requests for the model are answered.");
        meter.CreateObservableGauge("ditask_model_load_seconds", DescribeLoad, "s", "Time that a phase of the loading of the model's newest version took.");
        meter.CreateObservableGauge("ditask_queue_images", () => Sum(batcher => batcher.Count), null, "Images that wait.");
        meter.CreateObservableGauge("ditask_queue_capacity_images", () => Sum(batcher => batcher.Capacity), null, "Images that may wait.");
        QueueCounters left = new(batcher => batcher.Cancelled), expired = new(batcher => batcher.Expired);
        meter.CreateObservableCounter("ditask_queue_left_images_total", left.Read, null, "Images whose callers left while they waited.");
        meter.CreateObservableCounter("ditask_queue_expired_images_total", expired.Read, null, "Images whose time was over while they waited.");
        host.Opened += instance =>
        {
            pipeline.Declare(instance.Name, instance.Model.Provider, instance.Model.TaskNames);
            instance.Batcher.Waited += (priority, time) =>
                pipeline.QueueWaited(instance.Name, priority == BatchPriority.Bulk ? "bulk" : "interactive", time);
            left.Add(instance);
            expired.Add(instance);
        };
        host.Reloaded += pipeline.ModelReloaded;
    }

    private static KeyValuePair<string, object?> Model(string name) => new("model", name);

    private Measurement<long>[] Sum(Func<Batcher<ModelInput, ModelOutput>, long> value) =>
    [
        .. catalog.Instances.GroupBy(instance => instance.Name).Select(model => new Measurement<long>(model.Sum(instance => value(instance.Batcher)), Model(model.Key))),
    ];

    private Measurement<long>[] Describe() =>
    [
        .. catalog.Instances.Select(instance => new Measurement<long>(
            1,
            Model(instance.Name),
            new("version", instance.Version),
            new("digest", instance.Model.Digest),
            new("provider", instance.Model.Provider),
            new("ort", instance.Model.RuntimeVersion))),
    ];

    private Measurement<long>[] DescribeReady() =>
        [.. catalog.All.Select(model => new Measurement<long>(model.IsReady && host.State != ModelState.Draining ? 1 : 0, Model(model.Name)))];

    private Measurement<double>[] DescribeLoad() =>
    [
        .. catalog.All.Select(model => model.Versions.LastOrDefault(version => version.Instance is not null)?.Instance).OfType<ModelInstance>().SelectMany(
            IEnumerable<Measurement<double>> (instance) =>
            [
                new(instance.Model.ReadTime.TotalSeconds, Model(instance.Name), new("phase", "read")),
                new((instance.OpenTime - instance.Model.ReadTime).TotalSeconds, Model(instance.Name), new("phase", "session")),
                new(instance.WarmUpTime.TotalSeconds, Model(instance.Name), new("phase", "warmup")),
            ]),
    ];

    /// <summary>A count that every instance of a model keeps; it never falls when one is replaced by another.</summary>
    private sealed class QueueCounters(Func<Batcher<ModelInput, ModelOutput>, long> value)
    {
        private readonly Lock gate = new();
        private readonly SortedDictionary<string, (long Ended, List<ModelInstance> Living)> models = new(StringComparer.Ordinal);

        public void Add(ModelInstance instance)
        {
            lock (gate)
            {
                (long ended, List<ModelInstance> living) = models.GetValueOrDefault(instance.Name, (0, []));
                foreach (ModelInstance over in living.Where(other => other.IsClosed).ToArray())
                {
                    ended += value(over.Batcher);
                    living.Remove(over);
                }

                living.Add(instance);
                models[instance.Name] = (ended, living);
            }
        }

        public Measurement<long>[] Read()
        {
            lock (gate)
            {
                return [.. models.Select(model => new Measurement<long>(
                    model.Value.Ended + model.Value.Living.Sum(instance => value(instance.Batcher)), Model(model.Key)))];
            }
        }
    }
}
