using DiTask.Model.Checkpoints;
using DiTask.Model.Config;
using DiTask.Model.Training.Config;
using DiTask.Model.Training.Network;
using static TorchSharp.torch;

namespace DiTask.Model.Training.Runs;

/// <summary>A file of only what was trained. With the backbone that it was trained on it is a whole model again.</summary>
public static class AdapterFile
{
    /// <summary>Key of the run's configuration in the file's metadata.</summary>
    internal const string ConfigKey = "ditask.config";

    /// <summary>Key of the digest of the backbone's file.</summary>
    internal const string BaseKey = "ditask.base";

    /// <summary>Whether a checkpoint is such a file.</summary>
    public static bool Is(CheckpointFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.Metadata.ContainsKey(ConfigKey) && !HasWeights(file);
    }

    /// <summary>Joins an adapter with its backbone to a whole model.</summary>
    /// <param name="adapter">The adapter's file.</param>
    /// <param name="backbone">The file that its run started from; null when that drew its values.</param>
    /// <param name="output">The safetensors file to write.</param>
    /// <param name="force">Accept another backbone.</param>
    /// <exception cref="TrainingException">The backbone is not the one that it was trained on.</exception>
    /// <exception cref="CheckpointException">A file cannot be read.</exception>
    public static void Join(string adapter, string? backbone, string output, bool force = false)
    {
        using CheckpointFile file = CheckpointFile.Open(adapter);
        using CheckpointFile? start = backbone is null ? null : CheckpointFile.Open(backbone);
        RunConfig config = ConfigOf(file);
        RequireBase(file, start, force);
        using TrainableNetwork network = Restore(file, config, start, null, CPU);
        SafetensorsWriter.Write(output, ModelExport.Tensors(network), file.Metadata);
    }

    /// <summary>The configuration of the run that wrote <paramref name="file"/>, without the paths of where it ran.</summary>
    /// <exception cref="TrainingException">No run wrote it.</exception>
    internal static RunConfig ConfigOf(CheckpointFile file) => file.Metadata.TryGetValue(ConfigKey, out string? text)
        ? ConfigFile.Parse(text, ["start=null", "data.path=."], file.Path)
        : throw new TrainingException($"'{file.Path}' is no adapter that 'train' wrote: it does not say of which run it is.");

    /// <summary>Whether <paramref name="start"/> is what the adapter was trained on.</summary>
    /// <exception cref="TrainingException">It is another file, or is missing.</exception>
    internal static void RequireBase(CheckpointFile file, CheckpointFile? start, bool force = false)
    {
        string expected = file.Metadata.GetValueOrDefault(BaseKey, "");
        string found = start?.Sha256 ?? "drawn";
        if (start is null && expected != "drawn" && !force)
        {
            throw new TrainingException($"'{file.Path}' is only what a run trained; with it belongs the checkpoint that the run started from, of digest {expected}.");
        }

        if (expected != found && !force)
        {
            throw new TrainingException($"'{file.Path}' was trained on a backbone with digest {expected}; found {found}. On another one its numbers mean nothing.");
        }
    }

    /// <summary>The network as it was trained: every parameter at its value, none of them folded.</summary>
    /// <param name="file">The adapter.</param>
    /// <param name="config">Its run.</param>
    /// <param name="start">What the run started from; null when it drew its values.</param>
    /// <param name="imageSize">Side of the input; null takes the run's.</param>
    /// <param name="device">Where to compute.</param>
    internal static TrainableNetwork Restore(CheckpointFile file, RunConfig config, CheckpointFile? start, int? imageSize, Device device)
    {
        (string Task, int Channels)[] outputs =
            [.. config.Tasks.Select(task => (task, file.Tensors[$"decoders.decoders.{task}.last_layer.3.weight"].Shape[0]))];
        NetworkOptions sizes = config.Network with { ImageSize = imageSize ?? config.Network.ImageSize };
        ModelConfig plain = sizes.Create(outputs);
        TrainableNetwork network = new(plain, config.Adapter, StartWeights.Make(plain, start, config.Seed), config.Seed, device);
        foreach ((string key, StoredTensor tensor) in file.Tensors)
        {
            network.Store.Overwrite(new HostTensor(key, [.. tensor.Shape], tensor.ReadSingles()));
        }

        return network;
    }

    private static bool HasWeights(CheckpointFile file) => file.Tensors.Keys.Any(key => key.EndsWith("attn.qkv.weight", StringComparison.Ordinal) || key.EndsWith("attn.qkv.linear.weight", StringComparison.Ordinal));
}
