using TorchSharp.Utils;

namespace TorchSharp.Modules;

/// <summary>Appends scalars to a TensorBoard event file. The file is complete after every call: nothing is lost when the process dies.</summary>
public class SummaryWriter
{
    private static int count;

    private readonly Lock gate = new();
    private readonly string path;

    internal SummaryWriter(string logDir, string? suffix)
    {
        LogDir = logDir;
        Directory.CreateDirectory(logDir);
        string name = $"events.out.tfevents.{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}.{Environment.MachineName}.{Environment.ProcessId}.{Interlocked.Increment(ref count)}";
        path = Path.Combine(logDir, string.IsNullOrEmpty(suffix) ? name : $"{name}.{suffix}");
        Append(EventRecord.Version(DateTimeOffset.UtcNow.ToUnixTimeSeconds()));
    }

    public string LogDir { get; }

    /// <param name="walltime">Seconds since 1970; now when absent.</param>
    public void add_scalar(string tag, float scalar_value, int global_step, long? walltime = null) =>
        Append(EventRecord.Scalar(tag, scalar_value, global_step, walltime ?? DateTimeOffset.UtcNow.ToUnixTimeSeconds()));

    private void Append(byte[] record)
    {
        lock (gate)
        {
            using FileStream file = new(path, FileMode.Append, FileAccess.Write, FileShare.Read);
            file.Write(record);
        }
    }
}
