using DiTask.Model.Data.Folders;
using DiTask.Model.Tasks;

namespace DiTask.Model.Data.Checks;

/// <summary>Problems that only a plain folder can have.</summary>
internal static class PlainLayoutCheck
{
    /// <summary>The tasks that can be read; why the others cannot goes to <paramref name="problems"/>.</summary>
    public static IReadOnlyList<string> DescribedTasks(string folder, DatasetOptions options, List<DatasetProblem> problems)
    {
        List<string> described = [];
        try
        {
            PlainFolder files = new(folder);
            PlainDatasetInfo info = PlainDatasetInfo.Of(folder);
            foreach (string task in files.Tasks.Where(task => options.Tasks?.Contains(task) ?? true))
            {
                try
                {
                    info.Describe(folder, task);
                    described.Add(task);
                }
                catch (DatasetException error)
                {
                    problems.Add(DatasetProblem.Error("descriptions that are missing", error.Message));
                }
            }
        }
        catch (DatasetException error)
        {
            problems.Add(DatasetProblem.Error("wrong layout", error.Message));
        }

        return described;
    }

    public static IEnumerable<DatasetProblem> Problems(string folder, IReadOnlyDictionary<string, IReadOnlyList<string>> splits)
    {
        PlainFolder files = new(folder);
        HashSet<string> listed = [.. splits.Values.SelectMany(ids => ids)];
        foreach (string id in files.Pictures.Where(id => !listed.Contains(id)))
        {
            yield return DatasetProblem.Warning("pictures in no list", id);
        }

        foreach (string task in files.Tasks)
        {
            foreach (string id in files.Labelled(task).Where(id => files.Image(id) is null).Order(StringComparer.Ordinal))
            {
                yield return DatasetProblem.Warning("labels without a picture", $"'{files.Label(id, task)}'");
            }
        }

        foreach (string task in PlainDatasetInfo.Of(folder).Tasks.Keys.Except(files.Tasks))
        {
            yield return DatasetProblem.Error("tasks without a folder", $"{PlainDatasetInfo.FileName} describes {task}; '{Path.Combine(folder, task)}' does not exist.");
        }

        string[] unknown = [.. Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path))
            .Where(name => name is not (PlainFolder.ImageFolder or PlainFolder.SplitFolder) && !TaskCatalog.Names.Contains(name) && !TaskCatalog.IsAttribute(name) && name[0] != '.')
            .Order(StringComparer.Ordinal)];
        if (unknown.Length > 0)
        {
            yield return DatasetProblem.Warning("folders that are not read", $"{string.Join(", ", unknown)}; tasks are {string.Join(", ", TaskCatalog.Names)}.");
        }
    }
}
