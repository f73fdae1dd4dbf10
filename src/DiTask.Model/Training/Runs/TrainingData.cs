using DiTask.Model.Data;
using DiTask.Model.Data.Folders;
using DiTask.Model.Data.Transforms;
using DiTask.Model.Tasks;
using DiTask.Model.Training.Config;
using DiTask.Model.Vision;

namespace DiTask.Model.Training.Runs;

/// <summary>The two splits of a run, as batches.</summary>
internal sealed class TrainingData
{
    private TrainingData(IReadOnlyList<TaskInfo> tasks, int pictures, BatchLoader train, BatchLoader? validation)
    {
        Tasks = tasks;
        Pictures = pictures;
        Train = train;
        Validation = validation;
    }

    /// <summary>The run's tasks in its order.</summary>
    public IReadOnlyList<TaskInfo> Tasks { get; }

    /// <summary>Pictures of a pass.</summary>
    public int Pictures { get; }

    /// <summary>Batches to train on, in another order in every pass.</summary>
    public BatchLoader Train { get; }

    /// <summary>Batches to evaluate on; null when nothing is evaluated.</summary>
    public BatchLoader? Validation { get; }

    /// <summary>Opens the splits that a configuration names.</summary>
    /// <exception cref="DatasetException">The folder is no data set, or has no such split.</exception>
    /// <exception cref="TrainingException">It lacks a task, or has no pictures.</exception>
    public static TrainingData Open(RunConfig config)
    {
        IDataset train = Split(config, config.Data.Train, config.Data.Limit);
        IReadOnlyList<TaskInfo> tasks = Chosen(config, train);
        bool isReference = config.Data.Mode == "reference";
        Augmentation augmentation = config.Data.Augment switch
        {
            "pascal" => Augmentation.Pascal,
            "nyud" => Augmentation.Nyud,
            "none" => Augmentation.None,
            _ => new Augmentation(),
        };
        BatchLoader loader = Loader(train, config, tasks, augmentation, isReference, isTraining: true);
        BatchLoader? validation = config.Validation.Every == 0
            ? null
            : Loader(Split(config, config.Data.Val, config.Validation.Limit), config, tasks, Augmentation.None, isReference, isTraining: false);
        if (loader.BatchesPerEpoch == 0)
        {
            throw new TrainingException($"'{train.Name}' has {train.Count} pictures, less than one batch of {config.Batch}.");
        }

        return validation?.BatchesPerEpoch != 0
            ? new TrainingData(tasks, train.Count, loader, validation)
            : throw new TrainingException($"The split '{config.Data.Val}' to evaluate on has no pictures; name another as data.val, or turn evaluation off with validation.every: 0.");
    }

    /// <summary>Opens a split of a configuration's data, or its first pictures.</summary>
    public static IDataset Split(RunConfig config, string split, int? limit)
    {
        DatasetFormat? format = config.Data.Format switch
        {
            "plain" => DatasetFormat.Plain,
            "pascal" => DatasetFormat.Pascal,
            "nyud" => DatasetFormat.Nyud,
            _ => null,
        };
        FolderDataset whole = DatasetFolder.Open(config.Data.Path, split, new DatasetOptions { Format = format, Tasks = config.Tasks.Count == 0 ? null : config.Tasks });
        return limit is { } count ? new FirstSamples(whole, count) : whole;
    }

    /// <summary>The tasks of a configuration, or all that the data has labels of.</summary>
    public static TaskInfo[] Chosen(RunConfig config, IDataset dataset)
    {
        string[] lacking = [.. config.Tasks.Where(name => dataset.Tasks.All(task => task.Name != name))];
        return lacking.Length > 0
            ? throw new TrainingException($"'{dataset.Name}' has no labels of {string.Join(", ", lacking)}, only of {string.Join(", ", dataset.Tasks.Select(task => task.Name))}.")
            : config.Tasks.Count == 0 ? [.. dataset.Tasks] : [.. config.Tasks.Select(name => dataset.Tasks.First(task => task.Name == name))];
    }

    private static BatchLoader Loader(IDataset dataset, RunConfig config, IReadOnlyList<TaskInfo> tasks, Augmentation augmentation, bool isReference, bool isTraining) => new(
        dataset,
        new SampleTransform(tasks, config.Network.ImageSize, Preprocessing.ImageNetMean, Preprocessing.ImageNetStd, isReference ? PreprocessMode.Reference : PreprocessMode.Clamp, augmentation),
        new BatchLoaderOptions { BatchSize = config.Batch, Seed = config.Seed, Shuffle = isTraining, DropLast = isTraining, Threads = config.Data.Workers });
}
