namespace DiTask.Api.Batching;

/// <summary>When a run is filled up with rows that nobody asked for.</summary>
internal enum BatchPadding
{
    /// <summary>Where that is faster than several runs of allowed sizes, by what the warm-up measured.</summary>
    Auto,

    /// <summary>Every run, up to the largest size: no image's result depends on its neighbours.</summary>
    Always,

    /// <summary>No run: what is not an allowed size is split.</summary>
    Never,
}
