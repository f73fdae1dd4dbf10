using DiTask.Model.Data.Folders;
using DiTask.Model.Tasks;
using DiTask.Synth.Scenes;

namespace DiTask.Synth.Data;

/// <summary>The tasks of generated scenes, with their classes and colours.</summary>
public static class SynthTasks
{
    private static readonly string[] Colors =
    [
        "#B8A58C", "#8C6D4F", "#E8E4DA", "#7A4A2B", "#9AD1F5", "#7D8B5A", "#4FA3E0", "#A8665B", "#E6A117", "#D64550",
        "#7B4FBF", "#FF7F50", "#F2D0B5", "#2A9D8F", "#C2185B", "#5C6BC0", "#6D8299", "#F9E547", "#37474F", "#2E7D32",
    ];

    /// <summary>Names of the classes of semantic segmentation, by label.</summary>
    public static IReadOnlyList<string> ClassNames { get; } = [.. Enum.GetNames<SceneClass>().Select(name => name.ToLowerInvariant())];

    /// <summary>What the data set's description says of the tasks.</summary>
    public static IReadOnlyDictionary<string, PlainTaskInfo> Plain { get; } = TaskCatalog.Names.ToDictionary(
        name => name,
        name => name == "semseg" ? new PlainTaskInfo { Classes = [.. ClassNames.Zip(Colors, (label, color) => new PlainClass(label, color))] } : new PlainTaskInfo());

    /// <summary>All six tasks.</summary>
    public static IReadOnlyList<TaskInfo> All { get; } = [.. TaskCatalog.Names.Select(Describe)];

    private static TaskInfo Describe(string name) => name switch
    {
        "semseg" => TaskCatalog.Describe(name, ClassNames.Count) with { Classes = [.. ClassNames.Select((label, value) => new TaskClass(value, label, Colors[value]))] },
        "human_parts" => TaskCatalog.Describe(name, 7),
        "normals" => TaskCatalog.Describe(name, 3),
        _ => TaskCatalog.Describe(name, 1),
    };
}
