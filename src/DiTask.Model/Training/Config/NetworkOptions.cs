using DiTask.Model.Config;

namespace DiTask.Model.Training.Config;

/// <summary>The network: a released size, with anything else of it changed.</summary>
public sealed record NetworkOptions
{
    /// <summary>A size that the authors released: tiny, small, base, large. Default tiny.</summary>
    public string Preset { get; init; } = "tiny";

    /// <summary>Side of the input in pixels. Default 448.</summary>
    public int ImageSize { get; init; } = 448;

    /// <summary>Side of a patch in pixels. Null for the preset's.</summary>
    public int? PatchSize { get; init; }

    /// <summary>Channels of the first stage. Null for the preset's.</summary>
    public int? EmbedDim { get; init; }

    /// <summary>Blocks of the four stages. Null for the preset's.</summary>
    public IReadOnlyList<int>? Depths { get; init; }

    /// <summary>Heads of the four stages. Null for the preset's.</summary>
    public IReadOnlyList<int>? NumHeads { get; init; }

    /// <summary>Side of the attention window. Default 7.</summary>
    public int Window { get; init; } = 7;

    /// <summary>Channels of the four levels of each decoder. Default 18, 36, 72, 144.</summary>
    public IReadOnlyList<int> DecoderChannels { get; init; } = [18, 36, 72, 144];

    /// <summary>The network without adapters, for tasks with their output channels.</summary>
    public ModelConfig Create(IReadOnlyList<(string Task, int Channels)> outputs)
    {
        ModelConfig preset = ModelPresets.Create(Preset, outputs);
        BackboneConfig backbone = preset.Backbone with
        {
            ImageSize = ImageSize,
            PatchSize = PatchSize ?? preset.Backbone.PatchSize,
            EmbedDim = EmbedDim ?? preset.Backbone.EmbedDim,
            Depths = Depths ?? preset.Backbone.Depths,
            NumHeads = NumHeads ?? preset.Backbone.NumHeads,
        };
        return preset with
        {
            // A window is never larger than its grid.
            Backbone = backbone with { WindowSizes = [.. Enumerable.Range(0, backbone.Depths.Count).Select(stage => Math.Min(Window, Math.Max(1, backbone.GridSize(stage))))] },
            Tasks = [.. preset.Tasks.Select(task => task with { DecoderChannels = DecoderChannels })],
            Adapters = AdapterConfig.None,
        };
    }
}
