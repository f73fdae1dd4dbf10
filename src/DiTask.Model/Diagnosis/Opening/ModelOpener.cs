using DiTask.Model.Checkpoints;
using DiTask.Model.Config;
using DiTask.Model.Cpab;
using DiTask.Model.Training;
using DiTask.Model.Training.Config;
using DiTask.Model.Training.Network;
using DiTask.Model.Training.Runs;
using static TorchSharp.torch;

namespace DiTask.Model.Diagnosis.Opening;

/// <summary>Opens checkpoints of ours or the authors'.</summary>
/// <param name="backbone">What the run of an adapter's file started from; null takes that run's word.</param>
/// <param name="imageSize">Side of the input; null takes the checkpoint's.</param>
/// <param name="warp">What thetas do; null takes the file's word, or else the authors'.</param>
/// <param name="device">Where to compute.</param>
internal sealed class ModelOpener(string? backbone, int? imageSize, string? warp, Device device)
{
    private const string AdapterName = "adapter.safetensors";

    // A whole model has these as the plain weights that they amount to.
    private static readonly string[] FoldedKinds = [AdapterKinds.Lora, AdapterKinds.Scalar, AdapterKinds.FreeSpectrum, AdapterKinds.Teaching];

    /// <summary>Opens a whole model, or what was trained of one together with what its run started from.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CheckpointException">It cannot be read, or is of another model.</exception>
    /// <exception cref="TrainingException">It is an adapter, and what its run started from is not there.</exception>
    /// <exception cref="DiagnosisException">It has no decoders that we know, or adapters that cannot be trained as they are.</exception>
    public DiagnosedModel Open(string path)
    {
        using CheckpointFile file = CheckpointFile.Open(path);
        if (AdapterFile.Is(file))
        {
            return Adapter(file, path);
        }

        RunConfig? saved = file.Metadata.TryGetValue(AdapterFile.ConfigKey, out string? text) ? Saved(text, path) : null;
        ModelConfig found = ConfigDetector.Detect(file, imageSize ?? saved?.Network.ImageSize);
        Require(path, found);
        return found.Adapters.TaskWeights.Count > 0 ? Beside(file, path) : Whole(file, path, found, saved);
    }

    private DiagnosedModel Whole(CheckpointFile file, string path, ModelConfig found, RunConfig? saved)
    {
        AdapterOptions adapter = saved?.Adapter ?? DetectedRun.Adapter(found, warp ?? file.Metadata.GetValueOrDefault(SpectrumWarps.MetadataKey) ?? SpectrumWarps.Default.Name);
        ModelConfig plain = found with
        {
            Backbone = found.Backbone with { KeyPrefix = "backbone." },
            Adapters = AdapterConfig.None,
        };
        DetectedRun.RequireSame(path, found.Adapters, AdaptedModel.Of(plain, adapter).Adapters);
        RunConfig run = saved ?? new RunConfig { Network = DetectedRun.Sizes(found), Adapter = adapter };
        List<string> notes = [];
        if (saved is null)
        {
            notes.Add("The file does not say how it was trained: loss weights are the authors', the optimizer and its rate our defaults.");
        }

        if (run.Start is null && file.Metadata.GetValueOrDefault(AdapterFile.BaseKey) != "drawn")
        {
            notes.Add("What the run started from is not known or not where it was: before a configuration of this report is run, 'start' must name that file.");
        }

        if (FoldedKinds.Contains(adapter.Kind))
        {
            notes.Add($"The file holds its adapter ({adapter.Kind}) folded into the weights: gradients are those of a fresh one on top of them. The {AdapterName} beside it has the trained one.");
        }

        AdapterOptions measured = Measured(run, notes);
        TrainableNetwork network = new(plain, measured, StartWeights.Make(plain, file, run.Seed), run.Seed, device);
        return new DiagnosedModel { Path = path, Network = network, Run = run, Measured = measured, Notes = notes };
    }

    // What is frozen cannot conflict. Whether it would is the question that is left.
    private static AdapterOptions Measured(RunConfig run, List<string> notes)
    {
        if (run.Adapter.Kind != AdapterKinds.Frozen)
        {
            return run.Adapter;
        }

        notes.Add("The run trained nothing that the tasks share: gradients, affinities and interference are those of its backbone as if all of it were trained.");
        return run.Adapter with { Kind = AdapterKinds.Full };
    }

    // Of a pair of factors per task only the product is in a whole model.
    private DiagnosedModel Beside(CheckpointFile file, string path)
    {
        string beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, AdapterName);
        if (File.Exists(beside))
        {
            using CheckpointFile adapter = CheckpointFile.Open(beside);
            if (AdapterFile.Is(adapter) && file.Metadata.Count > 0 && file.Metadata.All(entry => adapter.Metadata.GetValueOrDefault(entry.Key) == entry.Value))
            {
                return Adapter(adapter, path);
            }
        }

        throw new DiagnosisException($"'{path}' holds folded weights per task, as MTLoRA leaves them, and not the low-rank factors, which a gradient would be of; expected the {AdapterName} that its run wrote.");
    }

    private DiagnosedModel Adapter(CheckpointFile file, string path)
    {
        RunConfig saved = Saved(file.Metadata[AdapterFile.ConfigKey], file.Path);
        RunConfig run = saved with { Start = backbone ?? saved.Start };
        using CheckpointFile? start = run.Start is null ? null : CheckpointFile.Open(run.Start);
        AdapterFile.RequireBase(file, start);
        List<string> notes = [];
        AdapterOptions measured = Measured(run, notes);
        TrainableNetwork network = AdapterFile.Restore(file, run with { Adapter = measured }, start, imageSize, device);
        return new DiagnosedModel { Path = path, Network = network, Run = run, Measured = measured, Notes = notes };
    }

    // A configuration whose starting file is gone is refused for that; without it any other mistake still is.
    private static RunConfig Saved(string text, string path)
    {
        try
        {
            return ConfigFile.Parse(text, ["data.path=."], path);
        }
        catch (ConfigException)
        {
            return ConfigFile.Parse(text, ["start=null", "data.path=."], path);
        }
    }

    private static void Require(string path, ModelConfig found)
    {
        if (found.Tasks.Count == 0)
        {
            throw new DiagnosisException($"'{path}' has no decoders; expected a network of two tasks or more.");
        }

        if (found.Tasks.FirstOrDefault(task => task.Head != HeadKind.Hrnet) is { } other)
        {
            throw new DiagnosisException($"'{path}': the decoder of {other.Name} is of kind {other.Head}; expected {HeadKind.Hrnet}.");
        }
    }
}
