namespace DiTask.Model.Data;

/// <summary>How examples become batches.</summary>
public sealed record BatchLoaderOptions
{
    /// <summary>Examples per batch. Default 8.</summary>
    public int BatchSize { get; init; } = 8;

    /// <summary>Seed of order and augmentation. Default 0.</summary>
    public long Seed { get; init; }

    /// <summary>Every epoch has its own order; otherwise the data set's. Default false.</summary>
    public bool Shuffle { get; init; }

    /// <summary>A last batch that is not full is left out. Default false.</summary>
    public bool DropLast { get; init; }

    /// <summary>Threads that decode and augment. Results do not depend on it. Default: one per processor, at most 8.</summary>
    public int Threads { get; init; } = Math.Min(Environment.ProcessorCount, 8);

    /// <summary>Batches that are made ahead of the one in use. Default 2.</summary>
    public int Prefetch { get; init; } = 2;
}
