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

    /// <summary>Hidden width of the MLP over its input width.</summary>
    public required double MlpRatio { get; init; }

    /// <summary>qkv has a bias.</summary>
    public required bool QkvBias { get; init; }

    /// <summary>Patch embedding ends in a LayerNorm.</summary>
    public required bool PatchNorm { get; init; }

    /// <summary>A learned absolute position embedding is added to the patches.</summary>
    public required bool AbsolutePositionEmbedding { get; init; }

    /// <summary>Tokens per side of stage <paramref name="stage"/>'s grid.</summary>
    public int GridSize(int stage) => ImageSize / PatchSize >> stage;

    /// <summary>Channels of stage <paramref name="stage"/>.</summary>
    public int Channels(int stage) => EmbedDim << stage;
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
}

/// <summary>Where a checkpoint has thetas. A layer is named by its key below <c>backbone.</c>, such as <c>layers.0.blocks.1.attn.proj</c>.</summary>
public sealed record AdapterConfig
{
    /// <summary>Layer to the number of cells of its shared theta (reference: <c>tess_size</c>, theta has one element less).</summary>
    public required IReadOnlyDictionary<string, int> SharedTessellation { get; init; }

    /// <summary>Layer to task to the number of cells of that task's theta.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> TaskTessellation { get; init; }

    /// <summary>Whether <paramref name="layer"/> has a theta of its own for each task.</summary>
    public bool HasTasks(string layer) => TaskTessellation.ContainsKey(layer);
}
