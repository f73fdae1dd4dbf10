namespace DiTask.Api.Predict.Contract;

/// <summary>The maps of one image, or why it has none.</summary>
internal sealed record ImageAnswer
{
    /// <summary>File name, or <c>image-N</c> when it has none or shares it; <c>image</c> for a raw body.</summary>
    public required string Id { get; init; }

    /// <summary>The upright picture; absent when its header could not be read.</summary>
    public SourceDescription? Source { get; init; }

    /// <summary>What was done that the sender may not expect; absent when nothing was.</summary>
    public IReadOnlyList<ImageWarning>? Warnings { get; init; }

    /// <summary>Task to map; absent when there is an error.</summary>
    public IReadOnlyDictionary<string, MapAnswer>? Maps { get; init; }

    /// <summary>Why there are no maps; absent when there are.</summary>
    public ImageError? Error { get; init; }
}
