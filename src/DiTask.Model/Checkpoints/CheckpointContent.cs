namespace DiTask.Model.Checkpoints;

/// <summary>What a reader finds in a file.</summary>
internal sealed record CheckpointContent
{
    public required CheckpointFormat Format { get; init; }

    /// <summary>The model's tensors, names as in the file but for <c>module.</c>, in the file's order.</summary>
    public required OrderedDictionary<string, StoredTensor> Tensors { get; init; }

    public EmbeddedConfig? Config { get; init; }

    /// <summary>Why a config that is there could not be read.</summary>
    public string? ConfigProblem { get; init; }

    public int? Epoch { get; init; }

    /// <summary>Texts beside the tensors of a safetensors file.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
}
