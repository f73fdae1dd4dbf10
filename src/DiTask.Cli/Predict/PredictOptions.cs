using DiTask.Model.Inference;
using DiTask.Model.Vision;

namespace DiTask.Cli.Predict;

/// <summary>What <c>ditask predict</c> was asked for.</summary>
internal sealed record PredictOptions
{
    public required string Model { get; init; }

    /// <summary>Files, folders and patterns as typed.</summary>
    public required IReadOnlyList<string> Images { get; init; }

    public required string Output { get; init; }

    /// <summary>Null: all tasks of the model.</summary>
    public required IReadOnlyList<string>? Tasks { get; init; }

    public required MapFormat Format { get; init; }

    public required MapSize Size { get; init; }

    public required bool Overlay { get; init; }

    /// <summary>Normalised images for <c>--logits</c>; null for photos.</summary>
    public required string? Tensor { get; init; }

    public required SessionSettings Session { get; init; }
}
