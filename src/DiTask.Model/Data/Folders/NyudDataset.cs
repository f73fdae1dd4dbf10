using DiTask.Model.Tasks;

namespace DiTask.Model.Data.Folders;

/// <summary>NYUD-v2 for several tasks, as in NYUD_MT.tgz: semseg, normals, edge, depth.</summary>
/// <remarks><b>Source:</b> data/mtl_ds.py:NYUD_MT @7541c55.</remarks>
public sealed class NyudDataset : FolderDataset
{
    private const int Classes = 40;

    private readonly string folder;
    private readonly LengthUnit depthUnit;

    /// <summary>Opens a split.</summary>
    /// <exception cref="DatasetException">The list of the split cannot be read, or a task is not one of the four.</exception>
    public NyudDataset(string folder, string split, DatasetOptions? options = null)
        : base($"nyud {split}", SplitFile.Read(SplitPath(folder, split)), Wanted(folder, AllTasks(), options?.Tasks))
    {
        this.folder = folder;
        depthUnit = options?.NyudDepthUnit ?? LengthUnit.Metres;
    }

    internal static string SplitFolder(string folder) => Path.Combine(folder, "gt_sets");

    internal override string ImagePath(string id) => Path.Combine(folder, "images", id + ".jpg");

    internal override string LabelPath(string id, TaskInfo task) => task.Name switch
    {
        "semseg" => Path.Combine(folder, "segmentation", id + ".png"),
        _ => Path.Combine(folder, task.Name, id + ".npy"),
    };

    internal override LabelMap ReadLabel(string id, TaskInfo task)
    {
        string path = LabelPath(id, task);
        return task.Name switch
        {
            // 0 is unknown in the files, and the classes are counted from 1.
            "semseg" => LabelFile.Classes(path).Select(value => value == 0 ? LabelMap.Void : value == LabelMap.Void ? value : value - 1),
            "depth" => LabelFile.Depth(path, depthUnit),
            "normals" => LabelFile.Normals(path),
            _ => LabelFile.Binary(path),
        };
    }

    private static string SplitPath(string folder, string split)
    {
        SplitFile.RequireName(SplitFolder(folder), split);
        return Path.Combine(SplitFolder(folder), split + ".txt");
    }

    private static TaskInfo[] AllTasks() =>
        [TaskCatalog.Describe("semseg", Classes), TaskCatalog.Describe("normals", 3), TaskCatalog.Describe("edge", 1), TaskCatalog.Describe("depth", 1)];
}
