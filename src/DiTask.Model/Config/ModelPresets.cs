namespace DiTask.Model.Config;

/// <summary>The four sizes that the method's authors released configurations for.</summary>
/// <remarks><b>Source:</b> reference specification 3.1: image 448, patch 4, window 7, ratio 4, qkv bias, DiTASK on qkv, proj, fc1 and fc2.</remarks>
public static class ModelPresets
{
    private const int Window = 7;

    private static readonly Preset[] All =
    [
        new("tiny", 96, [2, 2, 6, 2], [3, 6, 12, 24], SharedCells: 64, TaskCells: 4),
        new("small", 96, [2, 2, 18, 2], [3, 6, 12, 24], SharedCells: 128, TaskCells: 64),
        new("base", 128, [2, 2, 18, 2], [4, 8, 16, 32], SharedCells: 128, TaskCells: 64),
        new("large", 192, [2, 2, 18, 2], [6, 12, 24, 48], SharedCells: 128, TaskCells: 64),
    ];

    /// <summary><c>tiny</c>, <c>small</c>, <c>base</c>, <c>large</c>.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(preset => preset.Name)];

    /// <summary>Name of the size that <paramref name="backbone"/> has, or null.</summary>
    public static string? NameOf(BackboneConfig backbone)
    {
        ArgumentNullException.ThrowIfNull(backbone);
        return Array.Find(All, preset => preset.EmbedDim == backbone.EmbedDim && preset.Depths.SequenceEqual(backbone.Depths) && preset.NumHeads.SequenceEqual(backbone.NumHeads))?.Name;
    }

    /// <summary>The released configuration of a size.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="outputs">Tasks in order, with their output channels.</param>
    /// <exception cref="ArgumentException">There is no such size.</exception>
    public static ModelConfig Create(string name, params IReadOnlyList<(string Task, int Channels)> outputs)
    {
        Preset preset = Array.Find(All, candidate => candidate.Name == name) ?? throw new ArgumentException($"'{name}' is no size, expected {string.Join(", ", Names)}.", nameof(name));
        var backbone = new BackboneConfig
        {
            ImageSize = 448,
            PatchSize = 4,
            EmbedDim = preset.EmbedDim,
            Depths = preset.Depths,
            NumHeads = preset.NumHeads,
            WindowSizes = [Window, Window, Window, Window],
            MlpRatio = 4,
            QkvBias = true,
            PatchNorm = true,
            AbsolutePositionEmbedding = false,
        };
        return new ModelConfig
        {
            Backbone = backbone,
            Tasks = [.. outputs.Select(output => new TaskConfig { Name = output.Task, OutputChannels = output.Channels, DecoderChannels = [18, 36, 72, 144] })],
            Adapters = Adapters(preset, [.. outputs.Select(output => output.Task)]),
        };
    }

    private static AdapterConfig Adapters(Preset preset, string[] tasks)
    {
        Dictionary<string, int> shared = [];
        Dictionary<string, IReadOnlyDictionary<string, int>> perTask = [];
        for (int stage = 0; stage < preset.Depths.Length; stage++)
        {
            for (int block = 0; block < preset.Depths[stage]; block++)
            {
                foreach (string layer in (string[])["attn.qkv", "attn.proj", "mlp.fc1", "mlp.fc2"])
                {
                    string name = $"layers.{stage}.blocks.{block}.{layer}";
                    shared[name] = preset.SharedCells;
                    if (layer == "attn.qkv" || block == preset.Depths[stage] - 1)
                    {
                        perTask[name] = tasks.ToDictionary(task => task, _ => preset.TaskCells);
                    }
                }
            }
        }

        return new AdapterConfig { SharedTessellation = shared, TaskTessellation = perTask };
    }

    private sealed record Preset(string Name, int EmbedDim, int[] Depths, int[] NumHeads, int SharedCells, int TaskCells);
}
