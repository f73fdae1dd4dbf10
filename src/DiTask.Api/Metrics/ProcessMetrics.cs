using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace DiTask.Api.Metrics;

/// <summary>The process and the runtime, under the names that dashboards expect.</summary>
internal sealed class ProcessMetrics
{
    private const string DescriptorFolder = "/proc/self/fd";

    public ProcessMetrics(IMeterFactory meters)
    {
        Meter meter = meters.Create(MetricsSetup.MeterName);
        using Process self = Process.GetCurrentProcess();
        double startTime = (self.StartTime.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds;
        meter.CreateObservableGauge("process_start_time_seconds", () => startTime, "s", "Start of the process, in seconds since 1970.");
        meter.CreateObservableCounter("process_cpu_seconds_total", () => Environment.CpuUsage.TotalTime.TotalSeconds, "s", "Processor time of the process.");
        meter.CreateObservableGauge("process_resident_memory_bytes", () => Environment.WorkingSet, "By", "Memory of the process that is in RAM, native memory of the model among it.");
        if (Directory.Exists(DescriptorFolder))
        {
            meter.CreateObservableGauge("process_open_fds", CountDescriptors, null, "Open file descriptors.");
        }

        meter.CreateObservableCounter("dotnet_gc_collections_total", CountCollections, null, "Garbage collections by generation; an older one counts for the younger too.");
        meter.CreateObservableGauge("dotnet_gc_heap_bytes", () => GC.GetTotalMemory(forceFullCollection: false), "By", "Managed memory in use.");
        meter.CreateObservableCounter("dotnet_gc_pause_seconds_total", () => GC.GetTotalPauseDuration().TotalSeconds, "s", "Time in which collections stopped all threads.");
        meter.CreateObservableGauge("dotnet_threadpool_threads", () => (long)ThreadPool.ThreadCount, null, "Threads of the thread pool.");
        meter.CreateObservableGauge("dotnet_threadpool_queue_length", () => ThreadPool.PendingWorkItemCount, null, "Work that waits for a thread of the pool.");
    }

    private static long CountDescriptors() => Directory.EnumerateFileSystemEntries(DescriptorFolder).LongCount();

    private static IEnumerable<Measurement<long>> CountCollections() => Enumerable.Range(0, GC.MaxGeneration + 1)
        .Select(generation => new Measurement<long>(GC.CollectionCount(generation), new KeyValuePair<string, object?>("generation", generation)));
}
