namespace DiTask.Model.Training.Config;

/// <summary>Where the pictures come from and what becomes of them.</summary>
public sealed record DataOptions
{
    /// <summary>Folder of the data set.</summary>
    public string Path { get; init; } = "";

    /// <summary><c>auto</c>, <c>plain</c>, <c>pascal</c> or <c>nyud</c>. Default auto.</summary>
    public string Format { get; init; } = "auto";

    /// <summary>Split that is trained on. Default train.</summary>
    public string Train { get; init; } = "train";

    /// <summary>Split that is evaluated on. Default val.</summary>
    public string Val { get; init; } = "val";

    /// <summary><c>default</c>, or <c>reference</c> with the quirks of the authors' pictures. Default default.</summary>
    public string Mode { get; init; } = "default";

    /// <summary>Random flips, angles and scales: <c>pascal</c>, <c>nyud</c>, <c>flip</c> or <c>none</c>. Default flip.</summary>
    public string Augment { get; init; } = "flip";

    /// <summary>Use only the first pictures of the training split; null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>Threads that decode and augment. Default 2.</summary>
    public int Workers { get; init; } = 2;
}
