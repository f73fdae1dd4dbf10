namespace DiTask.Model.Data.Folders;

/// <summary>Opens folders of labelled pictures, whatever their layout.</summary>
public static class DatasetFolder
{
    /// <summary>Says which layout a folder has.</summary>
    /// <exception cref="DatasetException">None that is known.</exception>
    public static DatasetFormat Detect(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new DatasetException($"The folder '{folder}' does not exist.");
        }

        // The two archives also have folders of tasks, so that ours is asked for last.
        return Directory.Exists(Path.Combine(folder, "JPEGImages")) || Directory.Exists(PascalContextDataset.SplitFolder(folder)) ? DatasetFormat.Pascal
            : Directory.Exists(NyudDataset.SplitFolder(folder)) ? DatasetFormat.Nyud
            : Directory.Exists(Path.Combine(folder, PlainFolder.ImageFolder)) ? DatasetFormat.Plain
            : throw new DatasetException($"'{folder}': expected 'images' (plain), 'JPEGImages' (pascal) or 'gt_sets' (nyud); found none of them.");
    }

    /// <summary>Names of the splits of a folder, sorted.</summary>
    /// <exception cref="DatasetException">The folder has none.</exception>
    public static IReadOnlyList<string> Splits(string folder, DatasetFormat format)
    {
        if (format == DatasetFormat.Plain)
        {
            return PlainFolder.Splits(folder);
        }

        string lists = format == DatasetFormat.Pascal ? PascalContextDataset.SplitFolder(folder) : NyudDataset.SplitFolder(folder);
        string[] names = Directory.Exists(lists)
            ? [.. Directory.EnumerateFiles(lists, "*.txt").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)]
            : [];
        return names.Length > 0 ? names : throw new DatasetException($"'{lists}': expected lists such as train.txt; found none.");
    }

    /// <summary>Opens one split.</summary>
    /// <exception cref="DatasetException">The folder is not laid out as it should be.</exception>
    public static FolderDataset Open(string folder, string split, DatasetOptions? options = null)
    {
        options ??= new DatasetOptions();
        return (options.Format ?? Detect(folder)) switch
        {
            DatasetFormat.Plain => new PlainDataset(folder, split, options),
            DatasetFormat.Pascal => new PascalContextDataset(folder, split, options),
            _ => new NyudDataset(folder, split, options),
        };
    }
}
