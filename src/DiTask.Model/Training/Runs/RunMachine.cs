using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace DiTask.Model.Training.Runs;

/// <summary>What a run computes on. Its numbers are the same to the last bit only where all of this is the same.</summary>
/// <param name="System">Operating system and its version.</param>
/// <param name="Processor">Model where the system tells it, architecture otherwise.</param>
/// <param name="Cores">Logical processors.</param>
/// <param name="Threads">Threads that share an operation.</param>
/// <param name="Device">Where tensors lie: cpu, cuda:0.</param>
internal sealed record RunMachine(string System, string Processor, int Cores, int Threads, string Device)
{
    private const string LinuxProcessors = "/proc/cpuinfo";

    /// <summary>This machine.</summary>
    public static RunMachine Of(Device device) => new(
        RuntimeInformation.OSDescription, ModelName() ?? RuntimeInformation.ProcessArchitecture.ToString(), Environment.ProcessorCount, get_num_threads(), device.ToString());

    private static string? ModelName() => File.Exists(LinuxProcessors)
        ? File.ReadLines(LinuxProcessors).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[^1].Trim()
        : null;
}
