using System.Text;
using System.Text.Json;
using DiTask.Model.Files;
using DiTask.Model.Tasks;

namespace DiTask.Model.Data.Folders;

/// <summary>The optional dataset.json of a plain folder.</summary>
public sealed record PlainDatasetInfo
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "dataset.json";

    private const long MaxBytes = 1 << 20;
    private const int HumanParts = 7;

    /// <summary>Name for reports. Default: the folder's.</summary>
    public string? Name { get; init; }

    /// <summary>Where the pictures come from, what their labels mean, who made them.</summary>
    public string? Description { get; init; }

    /// <summary>Every picture has every label, so that a missing label file is an error. Default false: the picture is not labelled for that task.</summary>
    public bool Complete { get; init; }

    /// <summary>By wire name.</summary>
    public IReadOnlyDictionary<string, PlainTaskInfo> Tasks
    {
        get;
        // The generated reader sets what the file leaves out to null.
        init => field = value ?? new Dictionary<string, PlainTaskInfo>();
    } = new Dictionary<string, PlainTaskInfo>();

    /// <summary>Reads the file of a folder; what holds without one when there is none.</summary>
    /// <exception cref="DatasetException">The file is not what it should be.</exception>
    public static PlainDatasetInfo Of(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return new PlainDatasetInfo();
        }

        try
        {
            PlainDatasetInfo info = JsonSerializer.Deserialize(DatasetFile.Bytes(path, MaxBytes, "a description of a data set"), PlainDatasetJson.Default.PlainDatasetInfo)
                ?? throw new DatasetException($"'{path}': expected an object; found null.");
            return info.Problems() is [_, ..] problems ? throw new DatasetException($"'{path}': {string.Join(" ", problems)}") : info;
        }
        catch (JsonException error)
        {
            throw new DatasetException($"'{path}': {error.Message}", error);
        }
    }

    /// <summary>Writes the file of a folder.</summary>
    public void Write(string folder) =>
        AtomicFile.Write(Path.Combine(folder, FileName), output => output.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(this, PlainDatasetJson.Default.PlainDatasetInfo) + "\n")));

    /// <summary>A task with the classes of this data set.</summary>
    /// <exception cref="DatasetException">A label task whose classes nobody has said.</exception>
    internal TaskInfo Describe(string folder, string task)
    {
        IReadOnlyList<PlainClass>? classes = Tasks.GetValueOrDefault(task)?.Classes;
        switch (task)
        {
            case "normals":
                return TaskCatalog.Describe(task, 3);
            case "human_parts" when classes is null:
                return TaskCatalog.Describe(task, HumanParts);
            case var labels when TaskCatalog.HasClasses(labels):
                break;
            default:
                return TaskCatalog.Describe(task, 1);
        }

        if (classes is null)
        {
            throw new DatasetException(
                $"'{Path.Combine(folder, FileName)}': expected the classes of {task}, such as \"tasks\": {{ \"{task}\": {{ \"classes\": [\"wall\", \"floor\"] }} }}; found none.");
        }

        TaskInfo known = TaskCatalog.Describe(task, classes.Count);
        return known with
        {
            Classes = [.. known.Classes.Zip(classes, (given, own) => given with { Name = own.Name, Color = own.Color ?? given.Color })],
        };
    }

    private static IEnumerable<string> ProblemsOf(string name, PlainTaskInfo task)
    {
        if (!TaskCatalog.Names.Contains(name) && !TaskCatalog.IsAttribute(name))
        {
            yield return $"Expected tasks among {string.Join(", ", TaskCatalog.Names)}, or an attribute such as attr_texture; found '{name}'.";
        }

        if (task.Classes is { } classes)
        {
            if (!TaskCatalog.HasClasses(name) || classes.Count is < 2 or > 255)
            {
                yield return $"Expected 2 to 255 classes of semseg, human_parts or an attribute; found {classes.Count} of {name}.";
            }

            foreach (PlainClass wrong in classes.Where(item => item.Color is { } color && !(color.Length == 7 && color[0] == '#' && color.Skip(1).All(char.IsAsciiHexDigit))))
            {
                yield return $"Expected colours as #RRGGBB; found '{wrong.Color}' for {wrong.Name}.";
            }
        }

        if (task.PngScale is { } scale && !(scale > 0 && double.IsFinite(scale)))
        {
            yield return $"Expected a positive pngScale; found {scale}.";
        }

        if (name != "depth" && (task.Unit is not null || task.PngScale is not null))
        {
            yield return $"Only depth has unit and pngScale; found them for {name}.";
        }
    }

    private string[] Problems() => [.. Tasks.SelectMany(task => ProblemsOf(task.Key, task.Value))];
}
