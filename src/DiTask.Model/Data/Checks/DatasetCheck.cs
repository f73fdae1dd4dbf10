using DiTask.Model.Data.Folders;
using DiTask.Model.Tasks;

namespace DiTask.Model.Data.Checks;

/// <summary>Reads every file of a data set and reports all that is wrong with them at once.</summary>
internal static class DatasetCheck
{
    // Rooms are smaller; beyond this the numbers are rather millimetres, or the sky.
    private const double LikelyMetres = 150;

    private static readonly Dictionary<(DatasetFormat Format, string Split), int> Published = new()
    {
        [(DatasetFormat.Pascal, "train")] = 4998,
        [(DatasetFormat.Pascal, "val")] = 5105,
        [(DatasetFormat.Nyud, "train")] = 795,
        [(DatasetFormat.Nyud, "val")] = 654,
    };

    /// <summary>Checks a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="options">What is read.</param>
    /// <param name="progress">Called now and then with pictures done and pictures in all.</param>
    /// <param name="cancellation">Ends the check.</param>
    /// <exception cref="DatasetException">The folder has no layout that is known, or no lists: there is nothing to check.</exception>
    public static DatasetReport Run(string folder, DatasetOptions options, Action<int, int>? progress = null, CancellationToken cancellation = default)
    {
        DatasetFormat format = options.Format ?? DatasetFolder.Detect(folder);
        List<DatasetProblem> problems = [];
        FolderDataset[] datasets = [.. Open(folder, options with { Format = format }, problems, out Dictionary<string, IReadOnlyList<string>> splits)];
        problems.AddRange(SplitCheck.Problems(splits));
        problems.AddRange(splits
            .Where(split => Published.TryGetValue((format, split.Key), out int count) && split.Value.Count != count)
            .Select(split => DatasetProblem.Warning("lists of another length than the published ones", $"{split.Key}: expected {Published[(format, split.Key)]}; found {split.Value.Count}.")));
        string[] ids = [.. splits.Values.SelectMany(list => list).Distinct().Order(StringComparer.Ordinal)];
        PictureFacts[] facts = datasets is [FolderDataset any, ..] ? Read(any, ids, progress, cancellation) : [];
        problems.AddRange(facts.SelectMany(picture => picture.Problems));
        TaskReport[] tasks = datasets is [FolderDataset first, ..] ? [.. first.Tasks.Select(task => Summarise(task, facts))] : [];
        problems.AddRange(tasks.SelectMany(Oddities));
        if (format == DatasetFormat.Plain && datasets.Length > 0)
        {
            problems.AddRange(PlainLayoutCheck.Problems(folder, splits));
        }

        return new DatasetReport
        {
            Folder = folder,
            Format = format,
            Pictures = ids.Length,
            Splits = [.. splits.Select(split => new SplitReport(split.Key, split.Value.Count))],
            Tasks = tasks,
            Problems = [.. problems.OrderBy(problem => problem.Severity)],
        };
    }

    private static List<FolderDataset> Open(string folder, DatasetOptions options, List<DatasetProblem> problems, out Dictionary<string, IReadOnlyList<string>> splits)
    {
        splits = [];
        List<FolderDataset> datasets = [];
        if (options.Format == DatasetFormat.Plain)
        {
            options = options with { Tasks = PlainLayoutCheck.DescribedTasks(folder, options, problems) };
            if (options.Tasks.Count == 0)
            {
                return datasets;
            }
        }

        foreach (string split in DatasetFolder.Splits(folder, options.Format!.Value))
        {
            try
            {
                FolderDataset dataset = DatasetFolder.Open(folder, split, options);
                datasets.Add(dataset);
                splits.Add(split, [.. Enumerable.Range(0, dataset.Count).Select(dataset.Id)]);
            }
            catch (DatasetException error)
            {
                problems.Add(DatasetProblem.Error("unreadable lists", error.Message));
            }
        }

        return datasets;
    }

    private static PictureFacts[] Read(FolderDataset dataset, string[] ids, Action<int, int>? progress, CancellationToken cancellation)
    {
        PictureFacts[] facts = new PictureFacts[ids.Length];
        int done = 0;
        Parallel.For(0, ids.Length, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            facts[i] = new PictureFacts(dataset, ids[i]);
            progress?.Invoke(Interlocked.Increment(ref done), ids.Length);
        });
        return facts;
    }

    private static TaskReport Summarise(TaskInfo task, PictureFacts[] pictures)
    {
        LabelFacts[] labels = [.. pictures.Select(picture => picture.Labels.GetValueOrDefault(task.Name)).OfType<LabelFacts>()];
        long pixels = labels.Sum(label => label.Pixels), known = labels.Sum(label => label.Known);
        bool numbers = task.Kind == TaskKind.Scalar && known > 0;
        return new TaskReport
        {
            Task = task.Name,
            Labelled = labels.Length,
            VoidShare = pixels == 0 ? 0 : 1 - (known / (double)pixels),
            Classes =
            [
                .. task.Classes.Select(item => new ClassReport(
                    item.Value,
                    item.Name,
                    known == 0 ? 0 : labels.Sum(label => label.ClassPixels[item.Value]) / (double)known,
                    labels.Count(label => label.ClassPixels[item.Value] > 0))),
            ],
            Least = numbers ? labels.Min(label => label.Least) : null,
            Most = numbers ? labels.Max(label => label.Most) : null,
            Mean = numbers ? labels.Sum(label => label.Sum) / known : null,
        };
    }

    private static IEnumerable<DatasetProblem> Oddities(TaskReport task)
    {
        if (task.Labelled == 0)
        {
            yield return DatasetProblem.Warning("tasks without labels", $"{task.Task}: no picture has one that can be read.");
            yield break;
        }

        string[] absent = [.. task.Classes.Where(item => item.Pictures == 0).Select(item => item.Name)];
        if (absent.Length > 0)
        {
            yield return DatasetProblem.Warning("classes that never occur", $"{task.Task}: {string.Join(", ", absent)}.");
        }

        if (task.Task == "depth" && task.Most > LikelyMetres)
        {
            yield return DatasetProblem.Warning("depths that may not be metres", $"depth: the largest is {task.Most:0.##} m; say \"unit\": \"mm\" in dataset.json, or --depth-unit mm for NYUD-v2, where the files have millimetres.");
        }

        if (task.Task is "sal" or "edge" && task.Least == task.Most)
        {
            yield return DatasetProblem.Warning("labels that say nothing", $"{task.Task}: every known pixel is {task.Most}.");
        }
    }
}
