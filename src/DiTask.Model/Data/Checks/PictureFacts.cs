using DiTask.Model.Data.Folders;
using DiTask.Model.Tasks;
using DiTask.Model.Vision;

namespace DiTask.Model.Data.Checks;

/// <summary>Everything about one picture and its labels.</summary>
internal sealed class PictureFacts
{
    // Labels at another resolution are fine as long as they show the same.
    private const double AspectTolerance = 0.01;

    private readonly List<DatasetProblem> problems = [];

    public PictureFacts(FolderDataset dataset, string id)
    {
        (int Width, int Height)? size = ReadImage(dataset.ImagePath(id));
        bool labelled = false;
        foreach (TaskInfo task in dataset.Tasks)
        {
            if (dataset.LabelPath(id, task) is not { } path)
            {
                continue;
            }

            labelled = true;
            if (!File.Exists(path))
            {
                problems.Add(DatasetProblem.Error("missing labels", $"'{path}' does not exist."));
                continue;
            }

            ReadLabel(dataset, id, task, path, size);
        }

        if (!labelled && size is not null)
        {
            problems.Add(DatasetProblem.Warning("pictures without any label", id));
        }
    }

    public IReadOnlyList<DatasetProblem> Problems => problems;

    /// <summary>By wire name; only labels that could be read.</summary>
    public Dictionary<string, LabelFacts> Labels { get; } = [];

    private (int Width, int Height)? ReadImage(string path)
    {
        if (!File.Exists(path))
        {
            problems.Add(DatasetProblem.Error("missing pictures", $"'{path}' does not exist."));
            return null;
        }

        try
        {
            using RgbImage image = DatasetFile.Image(path);
            if (DatasetFile.Header(path) is { Orientation: not 1 } header)
            {
                problems.Add(DatasetProblem.Warning("pictures that are turned by EXIF", $"'{path}': orientation {header.Orientation}; its labels must be upright."));
            }

            return (image.Width, image.Height);
        }
        catch (DatasetException error)
        {
            problems.Add(DatasetProblem.Error("unreadable pictures", error.Message));
            return null;
        }
    }

    private void ReadLabel(FolderDataset dataset, string id, TaskInfo task, string path, (int Width, int Height)? size)
    {
        LabelMap? map;
        try
        {
            map = dataset.ReadLabel(id, task);
        }
        catch (DatasetException error)
        {
            problems.Add(DatasetProblem.Error("unreadable labels", error.Message));
            return;
        }

        if (map is null)
        {
            return;
        }

        LabelFacts facts = new(task, map);
        Labels.Add(task.Name, facts);
        problems.AddRange(facts.Problems().Select(problem => new DatasetProblem(problem.Severity, problem.Kind, $"'{path}': {problem.Text}.")));
        if (size is { } picture && picture != (map.Width, map.Height))
        {
            double stretch = map.Width * (double)picture.Height / (map.Height * (double)picture.Width);
            string text = $"'{path}': expected {picture.Width}x{picture.Height}, the size of the picture; found {map.Width}x{map.Height}.";
            problems.Add(Math.Abs(stretch - 1) > AspectTolerance
                ? DatasetProblem.Error("labels of another shape than their picture", text)
                : DatasetProblem.Warning("labels of another size than their picture", text));
        }
    }
}
