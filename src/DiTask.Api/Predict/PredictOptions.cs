using DiTask.Api.Batching;
using DiTask.Model.Vision;

namespace DiTask.Api.Predict;

/// <summary>What a request asks for, understood and checked.</summary>
internal sealed record PredictOptions
{
    /// <summary>Tasks in the order asked for, each once.</summary>
    public required IReadOnlyList<string> Tasks { get; init; }

    /// <summary>Size of the maps.</summary>
    public MapSize Size { get; init; }

    /// <summary>How the maps are written.</summary>
    public MapOptions Maps { get; init; } = new();

    /// <summary>Whether the request says how they are written.</summary>
    public bool IsFormatGiven { get; init; }

    /// <summary>A picture in colours beside each map.</summary>
    public bool Overlay { get; init; }

    /// <summary>Share of the colours over the photo; null for colours alone.</summary>
    public double? OverlayAlpha { get; init; }

    /// <summary>The probability of each pixel's label beside each label map.</summary>
    public bool Scores { get; init; }

    /// <summary>Class fractions, smallest, mean and largest value.</summary>
    public bool Stats { get; init; } = true;

    /// <summary>The first bad image fails the whole request.</summary>
    public bool Strict { get; init; }

    /// <summary>Whose images run first.</summary>
    public BatchPriority Priority { get; init; }
}
