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
        if (!file.Metadata.TryGetValue(ConfigKey, out string? text))
        {
            throw new TrainingException($"'{adapter}' is no adapter that 'train' wrote: it does not say of which run it is.");
        }

        string expected = file.Metadata.GetValueOrDefault(BaseKey, "");
        string found = start?.Sha256 ?? "drawn";
        if (start is null && expected != "drawn" && !force)
        {
            throw new TrainingException($"'{adapter}' is only what a run trained; with it belongs the checkpoint that the run started from, of digest {expected}.");
        }

        if (expected != found && !force)
        {
            throw new TrainingException($"'{adapter}' was trained on a backbone with digest {expected}; found {found}. On another one its numbers mean nothing.");
        }

        RunConfig config = ConfigFile.Parse(text, ["start=null", "data.path=."], adapter);
        (string Task, int Channels)[] outputs =
            [.. config.Tasks.Select(task => (task, file.Tensors[$"decoders.decoders.{task}.last_layer.3.weight"].Shape[0]))];
        ModelConfig plain = config.Network.Create(outputs);
        using TrainableNetwork network = new(plain, config.Adapter, StartWeights.Make(plain, start, config.Seed), config.Seed, CPU);
        foreach ((string key, StoredTensor tensor) in file.Tensors)
        {
            network.Store.Overwrite(new HostTensor(key, [.. tensor.Shape], tensor.ReadSingles()));
        }

        SafetensorsWriter.Write(output, ModelExport.Tensors(network), file.Metadata);
    }

    private static bool HasWeights(CheckpointFile file) => file.Tensors.Keys.Any(key => key.EndsWith("attn.qkv.weight", StringComparison.Ordinal) || key.EndsWith("attn.qkv.linear.weight", StringComparison.Ordinal));
}
