namespace DiTask.Model.Config;

/// <summary>Everything that fixes the shape of a multi-task Swin: what a checkpoint's keys and shapes say of it.</summary>
/// <remarks><b>Source:</b> reference specification 3.1, 4 and 5.4.</remarks>
public sealed record ModelConfig
{
    /// <summary>The trunk.</summary>
    public required BackboneConfig Backbone { get; init; }

    /// <summary>Tasks in the checkpoint's order; empty for a bare backbone.</summary>
    public required IReadOnlyList<TaskConfig> Tasks { get; init; }

    /// <summary>Adapters found; empty for a plain checkpoint, which folds as identity.</summary>
    public required AdapterConfig Adapters { get; init; }

    /// <summary>Data set that the tasks' outputs point to: <c>pascal</c>, <c>nyud</c>, <c>mixed</c>, or null when nothing tells.</summary>
    public string? DataSet { get; init; }

    /// <summary>One downsampler serves all tasks (<c>downsampler.downsample_0</c>), which only models without adapters have.</summary>
    public bool SharedDownsampler { get; init; }

    /// <summary>What the image size was read from.</summary>
    public ImageSizeSource ImageSizeSource { get; init; } = ImageSizeSource.Given;

    /// <summary>Oddities worth telling: places where the embedded configuration contradicts the tensors, which win.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>A Swin transformer of four stages.</summary>
public sealed record BackboneConfig
{
    /// <summary>Side of the square input in pixels.</summary>
    public required int ImageSize { get; init; }

    /// <summary>Side of a patch in pixels.</summary>
    public required int PatchSize { get; init; }

    /// <summary>Channels after patch embedding; stage i has EmbedDim * 2^i.</summary>
    public required int EmbedDim { get; init; }

    /// <summary>Blocks per stage.</summary>
    public required IReadOnlyList<int> Depths { get; init; }

    /// <summary>Attention heads per stage.</summary>
    public required IReadOnlyList<int> NumHeads { get; init; }

    /// <summary>Side of the attention window per stage, from the relative position tables: a stage whose grid is not larger than the configured window has a window as large as its grid.</summary>
    public required IReadOnlyList<int> WindowSizes { get; init; }

    /// <summary>Hidden width of the MLP over its input width; the largest of the stages, where the reference's rounding makes them differ.</summary>
    public required double MlpRatio { get; init; }

    /// <summary>qkv has a bias.</summary>
    public required bool QkvBias { get; init; }

    /// <summary>Patch embedding ends in a LayerNorm.</summary>
    public required bool PatchNorm { get; init; }

    /// <summary>A learned absolute position embedding is added to the patches.</summary>
    public required bool AbsolutePositionEmbedding { get; init; }

    /// <summary>Factor of q in the attention; null for one over the square root of the head's size. Shapes do not show it, only the embedded configuration does.</summary>
    public double? QkScale { get; init; }

    /// <summary>What stands before the backbone's keys: <c>backbone.</c>, or nothing in a plain Swin file.</summary>
    public string KeyPrefix { get; init; } = "backbone.";

    /// <summary>Tokens per side of stage <paramref name="stage"/>'s grid.</summary>
    public int GridSize(int stage) => ImageSize / PatchSize >> stage;

    /// <summary>Place of a block in the network: 0 for the first, 1 for the last.</summary>
    public double RelativeDepth(int stage, int block) => (Depths.Take(stage).Sum() + block) / Math.Max(1.0, Depths.Sum() - 1);

    /// <summary>Channels of stage <paramref name="stage"/>.</summary>
    public int Channels(int stage) => EmbedDim << stage;

    /// <summary>Everything that keeps this backbone from running at its image size; empty when it can.</summary>
    /// <remarks><b>Source:</b> reference specification 3.1 and 3.3; the reference divides every grid into whole windows and merges even grids only.</remarks>
    public IReadOnlyList<string> GridProblems()
    {
        if (ImageSize <= 0 || ImageSize % PatchSize != 0)
        {
            return [$"image size {ImageSize} is no multiple of the patch size {PatchSize}"];
        }

        List<string> problems = [];
        for (int stage = 0; stage < Depths.Count; stage++)
        {
            int grid = GridSize(stage);
            int window = WindowSizes[stage];
            if (stage < Depths.Count - 1 && grid % 2 != 0)
            {
                problems.Add($"stage {stage}: a grid of {grid} x {grid} at image size {ImageSize} cannot be merged, it must be even");
                break;
            }

            if (grid == 0 || grid % window != 0)
            {
                problems.Add($"stage {stage}: a grid of {grid} x {grid} at image size {ImageSize} is not divided by its windows of {window} x {window}");
            }
            else if (window < WindowSizes[0] && grid != window)
            {
                // The reference shrinks a window only to the size of its grid, so another grid would ask for a table that the file lacks.
                problems.Add($"stage {stage}: its windows of {window} x {window} belong to a grid of that size; at image size {ImageSize} the grid is {grid} x {grid}");
            }
        }

        return problems;
    }

    /// <summary>Channels inside the MLPs of stage <paramref name="stage"/>: the product without its fraction, as the reference has it.</summary>
    public int HiddenChannels(int stage)
    {
        // A ratio that was read off the weights is a quotient; times its divisor it may come out just below the whole number.
        const double rounding = 1e-6;
        return (int)(Channels(stage) * MlpRatio + rounding);
    }

    /// <summary>Tokens per side of what stage <paramref name="stage"/> gives out: every stage but the last halves its grid.</summary>
    public int OutputGridSize(int stage) => GridSize(Math.Min(stage + 1, Depths.Count - 1));

    /// <summary>Channels of what stage <paramref name="stage"/> gives out.</summary>
    public int OutputChannels(int stage) => Channels(Math.Min(stage + 1, Depths.Count - 1));
}

/// <summary>One dense task of a checkpoint.</summary>
public sealed record TaskConfig
{
    /// <summary>Wire name: semseg, human_parts, sal, normals, edge, depth.</summary>
    public required string Name { get; init; }

    /// <summary>Channels of the logits.</summary>
    public required int OutputChannels { get; init; }

    /// <summary>Channels of the four downsamplers; null when the decoder reads the backbone's channels as they are.</summary>
    public required IReadOnlyList<int>? DecoderChannels { get; init; }

    /// <summary>Kind of the decoder head, by its keys.</summary>
    public HeadKind Head { get; init; } = HeadKind.Hrnet;
}

/// <summary>Where a checkpoint has thetas. A layer is named by its key below <c>backbone.</c>, such as <c>layers.0.blocks.1.attn.proj</c>.</summary>
public sealed record AdapterConfig
{
    /// <summary>A network without adapters.</summary>
    public static AdapterConfig None { get; } = new()
    {
        SharedTessellation = new Dictionary<string, int>(),
        TaskTessellation = new Dictionary<string, IReadOnlyDictionary<string, int>>(),
    };

    /// <summary>Layer to the number of cells of its shared theta (reference: <c>tess_size</c>, theta has one element less).</summary>
    public required IReadOnlyDictionary<string, int> SharedTessellation { get; init; }

    /// <summary>Layer to task to the number of cells of that task's theta.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> TaskTessellation { get; init; }

    /// <summary>Layers that have a weight of their own for each task, as low-rank adapters fold to; empty for DiTASK.</summary>
    public IReadOnlySet<string> TaskWeights { get; init; } = new HashSet<string>();

    /// <summary>Whether <paramref name="layer"/> is another one for each task, by thetas or by weights.</summary>
    public bool HasTasks(string layer) => TaskTessellation.ContainsKey(layer) || TaskWeights.Contains(layer);
}
