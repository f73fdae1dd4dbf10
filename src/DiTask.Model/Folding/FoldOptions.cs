namespace DiTask.Model.Folding;

/// <summary>What to fold, and into what.</summary>
public sealed record FoldOptions
{
    /// <summary>A <c>.pth</c> or <c>.safetensors</c> file.</summary>
    public required string Checkpoint { get; init; }

    /// <summary>Folder to make. It must not exist, or be empty, unless <see cref="Replace"/> is set.</summary>
    public required string Output { get; init; }

    /// <summary>Name of the model. Default ditask.</summary>
    public string Name { get; init; } = "ditask";

    /// <summary>Version of the model. Default 1.</summary>
    public string Version { get; init; } = "1";

    /// <summary>What users must know of this model; shown with every answer. Null for nothing.</summary>
    public string? Notice { get; init; }

    /// <summary>Tasks to fold; null for all of the checkpoint.</summary>
    public IReadOnlyList<string>? Tasks { get; init; }

    /// <summary>Side of the input in pixels; null for the checkpoint's own.</summary>
    public int? ImageSize { get; init; }

    /// <summary>
    /// What a theta does to a spectrum: <c>index</c> (the authors' code), <c>value</c> or <c>value-wide</c> (the paper's text). Null for what the
    /// checkpoint says, or else index.
    /// </summary>
    public string? Warp { get; init; }

    /// <summary>Compare the graphs with the unfolded network before the folder gets its name. Default true.</summary>
    public bool Verify { get; init; } = true;

    /// <summary>Replace a model that is already there. Default false.</summary>
    public bool Replace { get; init; }
}
