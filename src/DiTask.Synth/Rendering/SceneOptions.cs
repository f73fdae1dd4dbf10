using DiTask.Synth.Scenes;

namespace DiTask.Synth.Rendering;

/// <summary>What is drawn and how completely it is labelled.</summary>
public sealed record SceneOptions
{
    /// <summary>Which scenes. Default: rooms and streets.</summary>
    public World World { get; init; }

    /// <summary>Pixels on each side of a border between things whose class, part and saliency are unknown. Default 0.</summary>
    public int VoidBorder { get; init; }

    /// <summary>Probability that a picture lacks the labels of a task, for each task by itself; one always stays. Default 0.</summary>
    public double DropLabels { get; init; }

    /// <summary>Metres beyond which depth is unknown, as for a sensor. Default 20.</summary>
    public double DepthRange { get; init; } = 20;
}
