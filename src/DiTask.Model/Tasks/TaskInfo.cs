namespace DiTask.Model.Tasks;

/// <summary>What is known of a task apart from any model: how its logits are read and shown.</summary>
public sealed record TaskInfo
{
    /// <summary>Wire name: semseg, human_parts, sal, normals, edge, depth.</summary>
    public required string Name { get; init; }

    /// <summary>Channels of the logits.</summary>
    public required int Channels { get; init; }

    /// <summary>What a pixel means.</summary>
    public required TaskKind Kind { get; init; }

    /// <summary>What turns logits into the map.</summary>
    public required TaskActivation Activation { get; init; }

    /// <summary>Classes of a label task in label order; empty otherwise.</summary>
    public IReadOnlyList<TaskClass> Classes { get; init; } = [];

    /// <summary>Unit of a scalar task: m for depth, null where the value is a probability.</summary>
    public string? Unit { get; init; }

    /// <summary>Frame of a vector task: camera for normals, null otherwise.</summary>
    public string? Frame { get; init; }
}
