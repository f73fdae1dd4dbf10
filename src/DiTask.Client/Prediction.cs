namespace DiTask.Client;

/// <summary>The answer to a prediction.</summary>
public sealed record Prediction
{
    /// <summary>Identifier of the request, also in the log of the service.</summary>
    public required string Id { get; init; }

    /// <summary>What answered.</summary>
    public required ModelIdentity Model { get; init; }

    /// <summary>One entry per image, in the order they were sent. One image may fail where others do not.</summary>
    public required IReadOnlyList<ImagePrediction> Images { get; init; }

    /// <summary>Where the time went.</summary>
    public required Timing Timing { get; init; }

    /// <summary>The run of the model that the request was part of.</summary>
    public required BatchInfo Batch { get; init; }
}
