using DiTask.Model.Training.Config;
using DiTask.Model.Training.Network;
using static TorchSharp.torch;

namespace DiTask.Model.Training;

/// <summary>Chooses libtorch's number of threads for a run.</summary>
internal static class TrainingThreads
{
    /// <summary>Weights below which a second thread costs more than it brings: operations are shorter than the wait for each other (docs/benchmarks.md).</summary>
    public const long SmallNetwork = 4_000_000;

    private static readonly int Default = get_num_threads();

    /// <summary>The configured number; by default one for a small network, and libtorch's own choice, one per physical core, for any other.</summary>
    public static int For(RunConfig config, TrainableNetwork network) =>
        config.Threads ?? (ParameterReport.Of(network).Total < SmallNetwork ? 1 : Default);
}
