using DiTask.Model.Artifacts;
using DiTask.Model.Checkpoints;
using DiTask.Model.Config;
using DiTask.Model.Cpab;
using DiTask.Model.Files;
using DiTask.Model.Inference;
using DiTask.Model.Onnx;
using DiTask.Model.Tasks;
using DiTask.Model.Vision;

namespace DiTask.Model.Folding;

/// <summary>A checkpoint in, a folder of ONNX graphs out that gives the same numbers.</summary>
public static class Fold
{
    private const string IdentityWarp = "none";

    /// <summary>Folds a checkpoint. The folder appears under its name only when it is whole and verified.</summary>
    /// <param name="options">What to fold, and into what.</param>
    /// <param name="progress">Receives one line per step.</param>
    /// <param name="cancellation">Stops between steps; nothing is left behind.</param>
    /// <exception cref="CheckpointException">The file cannot be read, or lacks what the network needs.</exception>
    /// <exception cref="FoldException">The checkpoint cannot be folded as asked, or its maps are not finite numbers.</exception>
    /// <exception cref="ArgumentException">An unknown warp.</exception>
    public static FoldResult Run(FoldOptions options, Action<string>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        progress ??= _ => { };
        RequireFreeOutput(options);
        using CheckpointFile checkpoint = CheckpointFile.Open(options.Checkpoint);
        ISpectrumWarp warp = options.Warp is { } name ? SpectrumWarps.ByName(name) : WarpOf(checkpoint);
        ModelConfig config = FoldPlan.Of(checkpoint, options);
        using WeightFolder weights = new(new CheckedWeights(checkpoint), config.Adapters, warp, keepAll: options.Verify);
        using StagedFolder staged = new(options.Output);

        IReadOnlyList<FeatureSpec> features = WriteGraphs(staged.Path, config, weights, progress, cancellation);
        ModelManifest manifest = Describe(options, checkpoint, config, warp, features, staged.Path);
        IReadOnlyList<string> warnings = [.. config.Notes, .. weights.DegenerateWeights.Select(key =>
            $"'{key}' has singular values that nearly coincide; what the index warp makes of them depends on the decomposition")];
        IReadOnlyList<TaskDeviation> deviations = [];
        if (options.Verify)
        {
            cancellation.ThrowIfCancellationRequested();
            progress("verifying against the unfolded network");
            deviations = FoldVerifier.Verify(ModelFolder.Written(staged.Path, manifest), weights, config);
            if (!deviations.All(deviation => deviation.Accepted))
            {
                return new FoldResult(null, deviations, warnings);
            }
        }

        cancellation.ThrowIfCancellationRequested();
        progress("recording the self-test");
        manifest = manifest with { SelfTest = RecordSelfTest(ModelFolder.Written(staged.Path, manifest)) };
        AtomicFile.Write(Path.Combine(staged.Path, ModelFolder.ManifestName), stream => stream.Write(ManifestJson.Write(manifest)));
        staged.Publish();
        return new FoldResult(ModelFolder.Written(options.Output, manifest), deviations, warnings);
    }

    private static TaskInfo Describe(CheckpointFile checkpoint, TaskConfig task)
    {
        try
        {
            return ClassMetadata.Apply(TaskCatalog.Describe(task.Name, task.OutputChannels), checkpoint.Metadata);
        }
        catch (FormatException error)
        {
            throw new FoldException($"'{checkpoint.Path}': {error.Message}", error);
        }
    }

    private static ISpectrumWarp WarpOf(CheckpointFile checkpoint)
    {
        if (!checkpoint.Metadata.TryGetValue(SpectrumWarps.MetadataKey, out string? name))
        {
            return SpectrumWarps.Default;
        }

        return SpectrumWarps.All.FirstOrDefault(warp => warp.Name == name) ?? throw new FoldException(
            $"'{checkpoint.Path}' was trained with warp '{name}'; this version knows {string.Join(", ", SpectrumWarps.All.Select(warp => warp.Name))}.");
    }

    private static SelfTestSpec RecordSelfTest(ModelFolder folder)
    {
        using MultiTaskSession session = MultiTaskSession.Open(folder);
        try
        {
            return SelfTest.Record(session);
        }
        catch (ArithmeticException error)
        {
            throw new FoldException(error.Message, error);
        }
    }

    private static void RequireFreeOutput(FoldOptions options)
    {
        if (File.Exists(options.Output))
        {
            throw new FoldException($"'{options.Output}' is a file; a folder is to be made there.");
        }

        if (!Directory.Exists(options.Output) || !Directory.EnumerateFileSystemEntries(options.Output).Any())
        {
            return;
        }

        if (!ModelFolder.Exists(options.Output))
        {
            throw new FoldException($"'{options.Output}' exists and is not a folded model; choose another folder.");
        }

        if (!options.Replace)
        {
            throw new FoldException($"'{options.Output}' already holds a model; --force replaces it.");
        }
    }

    private static List<FeatureSpec> WriteGraphs(
        string folder, ModelConfig config, WeightFolder weights, Action<string> progress, CancellationToken cancellation)
    {
        using GraphWriter writer = new(folder, config, weights);
        progress("folding the trunk");
        writer.WriteTrunk();
        foreach (TaskConfig task in config.Tasks)
        {
            cancellation.ThrowIfCancellationRequested();
            progress($"folding {task.Name}");
            writer.WriteBranch(task);
        }

        writer.WriteRowSelection();
        writer.Complete();
        return [.. writer.Features.Select(feature => new FeatureSpec(feature.Name, feature.Shape))];
    }

    private static ModelManifest Describe(
        FoldOptions options, CheckpointFile checkpoint, ModelConfig config, ISpectrumWarp warp, IReadOnlyList<FeatureSpec> features, string folder)
    {
        BackboneConfig backbone = config.Backbone;
        int logits = backbone.OutputGridSize(0);
        bool adapted = config.Adapters.SharedTessellation.Count + config.Adapters.TaskTessellation.Count > 0;
        string[] files = [GraphWriter.TrunkFile, GraphWriter.RowSelectionFile, .. config.Tasks.Select(task => GraphWriter.BranchFile(task.Name)), GraphWriter.WeightsFile];
        return new ModelManifest
        {
            Name = options.Name,
            Version = options.Version,
            Notice = options.Notice,
            Tool = MadeBy.Tool,
            Opset = OnnxFormat.Opset,
            Input = new InputSpec(backbone.ImageSize, Preprocessing.ImageNetMean, Preprocessing.ImageNetStd, InputSpec.StretchCubic),
            Warp = new WarpSpec(adapted ? warp.Name : IdentityWarp, "rref"),
            Source = new SourceSpec(Path.GetFileName(checkpoint.Path), checkpoint.Sha256),
            Architecture = $"Swin, {backbone.EmbedDim} channels, depths {string.Join('-', backbone.Depths)}, "
                + $"heads {string.Join('-', backbone.NumHeads)}, windows {string.Join('-', backbone.WindowSizes)}, patch {backbone.PatchSize}",
            Trunk = GraphWriter.TrunkFile,
            RowSelection = GraphWriter.RowSelectionFile,
            Features = features,
            Tasks = [.. config.Tasks.Select(task => new TaskSpec(
                Describe(checkpoint, task), GraphWriter.BranchFile(task.Name), [.. features.Select(feature => feature.Name)], logits, logits))],
            Files = [.. files.Select(file => ModelFolder.Describe(folder, file))],
        };
    }
}
