using DiTask.Model.Tasks;
using DiTask.Model.Vision;

namespace DiTask.Model.Data.Folders;

/// <summary>One split of a folder of labelled pictures; files are read when a picture is asked for.</summary>
public abstract class FolderDataset : IDataset
{
    private readonly IReadOnlyList<string> ids;

    private protected FolderDataset(string name, IReadOnlyList<string> ids, IReadOnlyList<TaskInfo> tasks)
    {
        Name = name;
        Tasks = tasks;
        this.ids = ids;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<TaskInfo> Tasks { get; }

    /// <inheritdoc/>
    public int Count => ids.Count;

    /// <inheritdoc/>
    public string Id(int index) => ids[index];

    /// <inheritdoc/>
    public Sample Load(int index)
    {
        string id = ids[index];
        Dictionary<string, LabelMap> labels = [];
        foreach (TaskInfo task in Tasks)
        {
            if (ReadLabel(id, task) is { } map)
            {
                RequireClasses(id, task, map);
                labels.Add(task.Name, map);
            }
        }

        return new Sample(id, DatasetFile.Image(ImagePath(id)), labels);
    }

    /// <summary>The picture's file; it need not exist.</summary>
    internal abstract string ImagePath(string id);

    /// <summary>The label file that a picture has, or should have; null where a picture without this label is no mistake.</summary>
    internal abstract string? LabelPath(string id, TaskInfo task);

    /// <summary>Reads what is known; null where the picture has no label.</summary>
    internal abstract LabelMap? ReadLabel(string id, TaskInfo task);

    /// <summary>The task of each wire name that is wanted, in the catalogue's order.</summary>
    private protected static IReadOnlyList<TaskInfo> Wanted(string folder, IReadOnlyList<TaskInfo> present, IReadOnlyList<string>? wanted)
    {
        if (wanted is null)
        {
            return present;
        }

        string[] missing = [.. wanted.Except(present.Select(task => task.Name))];
        return missing.Length == 0
            ? [.. present.Where(task => wanted.Contains(task.Name))]
            : throw new DatasetException($"'{folder}': expected labels of {string.Join(", ", missing)}; found {string.Join(", ", present.Select(task => task.Name))}.");
    }

    // A class that the network has no channel for would end a training run inside a native library.
    private void RequireClasses(string id, TaskInfo task, LabelMap map)
    {
        if (task.Kind != TaskKind.Labels)
        {
            return;
        }

        int wrong = Array.FindIndex(map.Values, value => value >= task.Channels && value != LabelMap.Void);
        if (wrong >= 0)
        {
            throw new DatasetException(
                $"'{LabelPath(id, task) ?? id}': expected classes 0 to {task.Channels - 1}, or 255 for unknown; found {map.Values[wrong]} at ({wrong % map.Width}, {wrong / map.Width}).");
        }
    }
}
