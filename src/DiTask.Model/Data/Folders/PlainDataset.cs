using DiTask.Model.Tasks;

namespace DiTask.Model.Data.Folders;

/// <summary>A plain folder: images/, one folder per task, splits/, dataset.json; docs/data.md.</summary>
public sealed class PlainDataset : FolderDataset
{
    /// <summary>The split that has every picture; the only one of a folder without lists.</summary>
    public const string AllPictures = "all";

    private readonly PlainFolder files;
    private readonly PlainDatasetInfo info;

    /// <summary>Opens a split.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="split">Name of a list in splits/, or <see cref="AllPictures"/>.</param>
    /// <param name="options">What is read.</param>
    /// <exception cref="DatasetException">No pictures, no labels, no such list, or a dataset.json that cannot be read.</exception>
    public PlainDataset(string folder, string split, DatasetOptions? options = null)
        : this(new PlainFolder(folder), PlainDatasetInfo.Of(folder), split, options)
    {
    }

    private PlainDataset(PlainFolder files, PlainDatasetInfo info, string split, DatasetOptions? options)
        : base($"{info.Name ?? files.Name} {split}", files.Ids(split), TasksOf(files, info, options))
    {
        this.files = files;
        this.info = info;
    }

    internal override string ImagePath(string id) => files.Image(id) ?? Path.Combine(files.Path, PlainFolder.ImageFolder, id + ".png");

    internal override string? LabelPath(string id, TaskInfo task) =>
        files.Label(id, task.Name) ?? (info.Complete ? Path.Combine(files.Path, task.Name, id + PlainFolder.LabelExtensions(task.Name)[0]) : null);

    internal override LabelMap? ReadLabel(string id, TaskInfo task) => LabelPath(id, task) is not { } path ? null : task.Name switch
    {
        _ when task.Kind == TaskKind.Labels => LabelFile.Classes(path),
        "normals" => LabelFile.Normals(path),
        "depth" => ReadDepth(path, info.Tasks.GetValueOrDefault(task.Name)),
        _ => LabelFile.Binary(path),
    };

    private static LabelMap ReadDepth(string path, PlainTaskInfo? task) =>
        LabelFile.Depth(path, task?.Unit ?? LengthUnit.Metres, task?.PngScale ?? LabelFile.Millimetre);

    private static IReadOnlyList<TaskInfo> TasksOf(PlainFolder files, PlainDatasetInfo info, DatasetOptions? options)
    {
        // Only what is read has to be described.
        string[] present = [.. files.Tasks.Where(task => options?.Tasks?.Contains(task) ?? true)];
        return Wanted(files.Path, [.. present.Select(task => info.Describe(files.Path, task))], options?.Tasks);
    }
}
