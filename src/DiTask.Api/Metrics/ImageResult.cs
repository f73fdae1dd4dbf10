namespace DiTask.Api.Metrics;

/// <summary>What became of an image.</summary>
internal enum ImageResult
{
    Ok,

    /// <summary>Something was wrong with it, or the model failed on it.</summary>
    Failed,

    /// <summary>Nothing was wrong with it, but its request had no answer.</summary>
    Dropped,
}
