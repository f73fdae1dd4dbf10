using DiTask.Api.Models.Contract;

namespace DiTask.Api.Predict.Contract;

/// <summary>The manifest: what <c>POST /predict</c> answers as JSON, and what stands beside the maps in an archive or a multipart body.</summary>
internal sealed record PredictAnswer
{
    /// <summary>Version of this layout: 1.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>Identifier of the request, as in X-Request-Id.</summary>
    public required string Id { get; init; }

    /// <summary>What answered.</summary>
    public required ModelDescription Model { get; init; }

    /// <summary>One entry per image, in the request's order.</summary>
    public required IReadOnlyList<ImageAnswer> Images { get; init; }

    /// <summary>Where the time went.</summary>
    public required TimingAnswer Timing { get; init; }

    /// <summary>The run that the request was part of.</summary>
    public required BatchDescription Batch { get; init; }

    /// <summary>What it cost the model.</summary>
    public required CostAnswer Cost { get; init; }
}
