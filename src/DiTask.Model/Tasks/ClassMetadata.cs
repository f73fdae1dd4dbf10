using System.Text.Json;

namespace DiTask.Model.Tasks;

/// <summary>Names and colours of a data set's classes, as a checkpoint's metadata carry them from training to what is served.</summary>
internal static class ClassMetadata
{
    /// <summary>Key of the metadata: JSON, lists of name and colour by task.</summary>
    public const string Key = "ditask.classes";

    /// <summary>What to write for some tasks.</summary>
    public static string Write(IEnumerable<TaskInfo> tasks) =>
        JsonSerializer.Serialize(tasks.Where(task => task.Classes.Count > 0).ToDictionary(task => task.Name, task => task.Classes.Select(item => new[] { item.Name, item.Color })));

    /// <summary>A task with the classes of a checkpoint's metadata, or as it is when they say nothing of it.</summary>
    /// <exception cref="FormatException">They are no lists of names and colours, or not as many as the task has channels.</exception>
    public static TaskInfo Apply(TaskInfo task, IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.TryGetValue(Key, out string? text) || !Read(text).TryGetValue(task.Name, out string[][]? classes))
        {
            return task;
        }

        return classes.Length == task.Classes.Count && classes.All(item => item is [{ Length: > 0 }, ['#', _, _, _, _, _, _]] && item[1].Skip(1).All(char.IsAsciiHexDigit))
            ? task with { Classes = [.. task.Classes.Zip(classes, (known, item) => known with { Name = item[0], Color = item[1] })] }
            : throw new FormatException($"{Key}: expected {task.Classes.Count} classes of {task.Name}, each a name and a colour #RRGGBB; found {classes.Length}.");
    }

    private static Dictionary<string, string[][]> Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string[][]>>(text) ?? [];
        }
        catch (JsonException error)
        {
            throw new FormatException($"{Key}: expected lists of names and colours by task; {error.Message}", error);
        }
    }
}
