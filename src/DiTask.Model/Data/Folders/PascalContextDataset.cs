using DiTask.Model.Data.Matlab;
using DiTask.Model.Tasks;

namespace DiTask.Model.Data.Folders;

/// <summary>PASCAL-Context for several tasks, as in PASCAL_MT.tgz: semseg, human_parts, sal, normals, edge.</summary>
/// <remarks><b>Source:</b> data/mtl_ds.py:PASCALContext @7541c55; reference specification 8.1.</remarks>
public sealed class PascalContextDataset : FolderDataset
{
    private const int Classes = 21;
    private const int Parts = 7;

    private readonly string folder;

    /// <summary>Opens a split.</summary>
    /// <exception cref="DatasetException">The list of the split cannot be read, or a task is not one of the five.</exception>
    public PascalContextDataset(string folder, string split, DatasetOptions? options = null)
        : base($"pascal-context {split}", SplitFile.Read(SplitPath(folder, split)), Wanted(folder, AllTasks(), options?.Tasks)) => this.folder = folder;

    internal static string SplitFolder(string folder) => Path.Combine(folder, "ImageSets", "Context");

    internal override string ImagePath(string id) => Path.Combine(folder, "JPEGImages", id + ".jpg");

    internal override string LabelPath(string id, TaskInfo task)
    {
        string voc = Path.Combine(folder, "semseg", "VOC12", id + ".png");
        return task.Name switch
        {
            "semseg" => File.Exists(voc) ? voc : Path.Combine(folder, "semseg", "pascal-context", id + ".png"),
            "human_parts" => Path.Combine(folder, "human_parts", id + ".mat"),
            "sal" => Path.Combine(folder, "sal_distill", id + ".png"),
            "normals" => Path.Combine(folder, "normals_distill", id + ".png"),
            _ => ContextPath(id),
        };
    }

    internal override LabelMap ReadLabel(string id, TaskInfo task)
    {
        string path = LabelPath(id, task);
        return task.Name switch
        {
            "semseg" => LabelFile.Classes(path),
            "human_parts" => ReadParts(id, path),
            "sal" => LabelFile.AboveHalf(path),
            "normals" => ReadNormals(id, path),
            _ => ReadEdges(path),
        };
    }

    private static string SplitPath(string folder, string split)
    {
        SplitFile.RequireName(SplitFolder(folder), split);
        return Path.Combine(SplitFolder(folder), split + ".txt");
    }

    private static TaskInfo[] AllTasks() =>
    [
        TaskCatalog.Describe("semseg", Classes), TaskCatalog.Describe("human_parts", Parts), TaskCatalog.Describe("sal", 1),
        TaskCatalog.Describe("normals", 3), TaskCatalog.Describe("edge", 1),
    ];

    private static LabelMap ReadContext(string path) => DatasetFile.Read(path, file => PascalAnnotations.Context(MatFile.Read(file)));

    private static LabelMap ReadEdges(string path)
    {
        LabelMap context = ReadContext(path);
        return new LabelMap(1, context.Height, context.Width, ClassEdges.Of(context.Values, context.Width, context.Height));
    }

    private string ContextPath(string id) => Path.Combine(folder, "pascal-context", "trainval", id + ".mat");

    // A picture without people is known to have none: zeros, which the transform turns into "unknown".
    private LabelMap ReadParts(string id, string path)
    {
        if (DatasetFile.Read(path, file => PascalAnnotations.Parts(MatFile.Read(file))) is { } parts)
        {
            return parts;
        }

        Vision.ImageHeader image = DatasetFile.Header(ImagePath(id));
        return new LabelMap(1, image.Height, image.Width, new float[image.Height * image.Width]);
    }

    private LabelMap ReadNormals(string id, string path)
    {
        LabelMap normals = LabelFile.Normals(path);
        LabelMap context = ReadContext(ContextPath(id));
        if ((context.Height, context.Width) != (normals.Height, normals.Width))
        {
            throw new DatasetException($"'{path}': expected {context.Width}x{context.Height}, the size of '{ContextPath(id)}'; found {normals.Width}x{normals.Height}.");
        }

        int plane = context.Values.Length;
        for (int i = 0; i < plane; i++)
        {
            if (!PascalNormals.IsTrusted((int)context.Values[i]))
            {
                (normals.Values[i], normals.Values[plane + i], normals.Values[(2 * plane) + i]) = (LabelMap.Void, LabelMap.Void, LabelMap.Void);
            }
        }

        return normals;
    }
}
