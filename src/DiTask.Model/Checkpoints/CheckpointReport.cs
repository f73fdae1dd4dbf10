using DiTask.Model.Config;

namespace DiTask.Model.Checkpoints;

/// <summary>What <c>ditask inspect</c> tells of a checkpoint. The names of the properties are the names in its JSON.</summary>
internal sealed record CheckpointReport
{
    public required string File { get; init; }

    public required CheckpointFormat Format { get; init; }

    public required long Bytes { get; init; }

    public required string Sha256 { get; init; }

    public required int? Epoch { get; init; }

    /// <summary>What kind of model: <c>ditask</c>, <c>multi-task swin</c>, <c>swin</c>, <c>adapted swin without decoders</c>, <c>unknown</c>.</summary>
    public required string Kind { get; init; }

    /// <summary><c>tiny</c>, <c>small</c>, <c>base</c>, <c>large</c>; null for other sizes.</summary>
    public required string? Size { get; init; }

    public required int Tensors { get; init; }

    /// <summary>Element type to number of tensors.</summary>
    public required IReadOnlyDictionary<string, int> ElementTypes { get; init; }

    /// <summary>The configuration that the tensors show; null when they show none.</summary>
    public required BackboneConfig? Backbone { get; init; }

    public required ImageSizeSource? ImageSizeSource { get; init; }

    public required string? DataSet { get; init; }

    public required IReadOnlyList<TaskConfig> Tasks { get; init; }

    public required IReadOnlyList<StageTessellation> Tessellation { get; init; }

    public required ParameterCounts Parameters { get; init; }

    /// <summary>Why the checkpoint cannot be used.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>What is odd, but does not matter to the numbers.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    public required IReadOnlyList<string> MissingKeys { get; init; }

    public required IReadOnlyList<string> UnusedKeys { get; init; }

    public required IReadOnlyList<string> IgnoredKeys { get; init; }

    public required IReadOnlyList<NonFiniteTensor> NonFinite { get; init; }

    /// <summary>Whether the checkpoint can be folded.</summary>
    public bool Usable => Problems.Count == 0;

    /// <summary>Reads all of <paramref name="file"/>.</summary>
    /// <exception cref="CheckpointException">A tensor cannot be read.</exception>
    public static CheckpointReport Of(CheckpointFile file, int? imageSize = null)
    {
        (ModelConfig? config, IReadOnlyList<string> found) = ConfigDetector.Examine(file, imageSize);
        CheckpointAudit? audit = config is null ? null : CheckpointAudit.Of(file, config);
        IReadOnlyList<NonFiniteTensor> nonFinite = FindNonFinite(file);
        List<string> problems = [.. found, .. audit?.WrongShapes ?? []];
        if (audit is { Missing.Count: > 0 })
        {
            problems.Add($"{audit.Missing.Count} keys are missing, the first is {audit.Missing[0]}");
        }

        problems.AddRange(nonFinite.Select(tensor => $"'{tensor.Key}' has {tensor.Count} values that are not finite, of {tensor.Total}"));
        problems.AddRange(config?.Tasks.Where(task => task.Head != HeadKind.Hrnet).Select(task => $"task {task.Name} has a head of kind {task.Head}, only {HeadKind.Hrnet} can be folded") ?? []);
        return new CheckpointReport
        {
            File = file.Path,
            Format = file.Format,
            Bytes = file.Length,
            Sha256 = file.Sha256,
            Epoch = file.Epoch,
            Kind = KindOf(config),
            Size = config is null ? null : ModelPresets.NameOf(config.Backbone),
            Tensors = file.Tensors.Count,
            ElementTypes = file.Tensors.Values.CountBy(tensor => tensor.TypeName).OrderBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(),
            Backbone = config?.Backbone,
            ImageSizeSource = config?.ImageSizeSource,
            DataSet = config?.DataSet,
            Tasks = config?.Tasks ?? [],
            Tessellation = config is null ? [] : StageTessellation.Of(config),
            Parameters = ParameterCounts.Of(file.Tensors.Select(tensor => (tensor.Key, tensor.Value.Count)), config),
            Problems = problems,
            Notes = config?.Notes ?? [],
            MissingKeys = audit?.Missing ?? [],
            UnusedKeys = audit?.Unused ?? [],
            IgnoredKeys = audit?.Ignored ?? [],
            NonFinite = nonFinite,
        };
    }

    private static string KindOf(ModelConfig? config) => config switch
    {
        null => "unknown",
        { Tasks.Count: > 0, Adapters.SharedTessellation.Count: > 0 } => "ditask",
        { Tasks.Count: > 0 } => "multi-task swin",
        { Adapters.SharedTessellation.Count: > 0 } => "adapted swin without decoders",
        _ => "swin",
    };

    private static List<NonFiniteTensor> FindNonFinite(CheckpointFile file)
    {
        List<NonFiniteTensor> found = [];
        foreach (StoredTensor tensor in file.Tensors.Values)
        {
            // Integers are read too: reading checks the bytes.
            long count = tensor.Type == TensorType.Other ? 0 : tensor.ReadDoubles().LongCount(value => !double.IsFinite(value));
            if (count > 0)
            {
                found.Add(new NonFiniteTensor(tensor.Name, count, tensor.Count));
            }
        }

        return found;
    }
}
