namespace DiTask.Model.Diagnosis;

/// <summary>What to diagnose, on what, and how thoroughly.</summary>
public sealed record DiagnosisOptions
{
    /// <summary>A multi-task checkpoint of ours or the authors': a whole model, or the adapter that a run wrote.</summary>
    public required string Checkpoint { get; init; }

    /// <summary>What the runs of adapter files started from; null where they say so themselves.</summary>
    public string? Base { get; init; }

    /// <summary>Folder of the data set.</summary>
    public required string Data { get; init; }

    /// <summary><c>auto</c>, <c>plain</c>, <c>pascal</c> or <c>nyud</c>. Default auto.</summary>
    public string Format { get; init; } = "auto";

    /// <summary>Split that gradients are taken on. Default train.</summary>
    public string Train { get; init; } = "train";

    /// <summary>Split that scores are measured on. Default val.</summary>
    public string Val { get; init; } = "val";

    /// <summary>Wire names; empty for all that the model has and the data set labels.</summary>
    public IReadOnlyList<string> Tasks { get; init; } = [];

    /// <summary>Batches for gradients and affinity. Default 20, the fewest that the first signal takes.</summary>
    public int Batches { get; init; } = 20;

    /// <summary>Pictures per batch. Default 4.</summary>
    public int BatchSize { get; init; } = 4;

    /// <summary>Steps of each task's training alone. Default 20.</summary>
    public int Steps { get; init; } = 20;

    /// <summary>Learning rate of those steps; null for a tenth of that of the checkpoint's run, as a run ends with small steps.</summary>
    public double? Rate { get; init; }

    /// <summary>Length of the lookahead step over that of the weighted gradient. Default 0.001.</summary>
    public double LookaheadRate { get; init; } = 0.001;

    /// <summary>Pictures that scores are measured on: the first ones of the split. Default 64.</summary>
    public int Pictures { get; init; } = 64;

    /// <summary>An earlier checkpoint of the same run; null for none.</summary>
    public string? Earlier { get; init; }

    /// <summary>Single-task checkpoints by wire name of their task, whose features are compared with the shared ones. Default none.</summary>
    public IReadOnlyDictionary<string, string> Singles { get; init; } = new Dictionary<string, string>();

    /// <summary>Single-task results: a JSON file or <c>paper</c>; null for none.</summary>
    public string? Baselines { get; init; }

    /// <summary>Most multiply-adds of all groups' networks together, in 10^9; null for any.</summary>
    public double? Budget { get; init; }

    /// <summary>Side of the input; null takes the checkpoint's.</summary>
    public int? ImageSize { get; init; }

    /// <summary>What thetas do, where the file does not say; null for the authors' index warp.</summary>
    public string? Warp { get; init; }

    /// <summary><c>cpu</c>, <c>cuda</c>, <c>cuda:N</c> or <c>auto</c>. Default auto.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>Of the order of the pictures. Default 0.</summary>
    public long Seed { get; init; }
}
