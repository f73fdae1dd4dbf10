using DiTask.Model.Tasks;

namespace DiTask.Model.Data.Folders;

/// <summary>Which files a plain folder has, listed once: looking for each of several extensions on a network disk would be slow.</summary>
internal sealed class PlainFolder
{
    public const string ImageFolder = "images";
    public const string SplitFolder = "splits";

    private static readonly string[] ImageExtensions = [".jpg", ".jpeg", ".png", ".webp", ".bmp"];

    private readonly Dictionary<string, string> images;
    private readonly OrderedDictionary<string, Dictionary<string, string>> labels = [];

    /// <exception cref="DatasetException">No pictures, or no folder of labels.</exception>
    public PlainFolder(string path)
    {
        Path = path;
        images = Files(System.IO.Path.Combine(path, ImageFolder), ImageExtensions);
        IEnumerable<string> attributes = Directory.Exists(path) ? Directory.EnumerateDirectories(path).Select(System.IO.Path.GetFileName).OfType<string>().Where(TaskCatalog.IsAttribute) : [];
        foreach (string task in TaskCatalog.Names.Concat(attributes.Order(StringComparer.Ordinal)).Where(task => Directory.Exists(System.IO.Path.Combine(path, task))))
        {
            labels.Add(task, Files(System.IO.Path.Combine(path, task), LabelExtensions(task)));
        }

        if (images.Count == 0 || labels.Count == 0)
        {
            throw new DatasetException(
                $"'{path}': expected pictures in '{ImageFolder}' and labels in at least one of {string.Join(", ", TaskCatalog.Names)}; found {images.Count} pictures and {labels.Count} folders of labels.");
        }
    }

    public string Path { get; }

    public string Name => System.IO.Path.GetFileName(System.IO.Path.GetFullPath(Path).TrimEnd(System.IO.Path.DirectorySeparatorChar));

    /// <summary>Tasks that have a folder, in the catalogue's order, then attributes.</summary>
    public IEnumerable<string> Tasks => labels.Keys;

    /// <summary>Names of all pictures, sorted.</summary>
    public IEnumerable<string> Pictures => images.Keys.Order(StringComparer.Ordinal);

    /// <summary>Extensions of a task's labels; the first is what a missing one is called.</summary>
    public static string[] LabelExtensions(string task) => task is "depth" or "normals" ? [".npy", ".png"] : [".png", ".npy"];

    /// <summary>Names of the lists, sorted; <see cref="PlainDataset.AllPictures"/> when there are none.</summary>
    public static IReadOnlyList<string> Splits(string path)
    {
        string folder = System.IO.Path.Combine(path, SplitFolder);
        string[] names = Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*.txt").Select(file => System.IO.Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)]
            : [];
        return names.Length > 0 ? names : [PlainDataset.AllPictures];
    }

    public string? Image(string id) => images.GetValueOrDefault(id);

    public string? Label(string id, string task) => labels[task].GetValueOrDefault(id);

    /// <summary>Names of the labels of a task.</summary>
    public IEnumerable<string> Labelled(string task) => labels[task].Keys;

    /// <exception cref="DatasetException">There is no such list.</exception>
    public IReadOnlyList<string> Ids(string split)
    {
        string folder = System.IO.Path.Combine(Path, SplitFolder);
        SplitFile.RequireName(folder, split);
        string file = System.IO.Path.Combine(folder, split + ".txt");
        if (File.Exists(file))
        {
            return SplitFile.Read(file);
        }

        return split == PlainDataset.AllPictures
            ? [.. Pictures]
            : throw new DatasetException($"'{file}' does not exist; '{folder}' has {string.Join(", ", Splits(Path))}.");
    }

    private static Dictionary<string, string> Files(string folder, string[] extensions)
    {
        Dictionary<string, string> files = new(StringComparer.Ordinal);
        if (!Directory.Exists(folder))
        {
            return files;
        }

        foreach (string file in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            if (extensions.Contains(System.IO.Path.GetExtension(file), StringComparer.OrdinalIgnoreCase) &&
                !files.TryAdd(System.IO.Path.GetFileNameWithoutExtension(file), file))
            {
                throw new DatasetException($"'{file}': expected one file of this name; found it with another extension too.");
            }
        }

        return files;
    }
}
