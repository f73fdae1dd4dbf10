using System.Text.Json;
using DiTask.Model.Evaluation;
using DiTask.Model.Files;
using DiTask.Model.Tasks;
using DiTask.Model.Training.Config;
using DiTask.Model.Training.Runs;

namespace DiTask.Model.Training;

/// <summary>A network of its own for each task, trained as one configuration says: what Delta-m measures multi-task models against.</summary>
public static class SingleTaskRuns
{
    private const string BaselinesName = "baselines.json";

    /// <summary>Trains them one after the other, each in a folder with its task's name. Runs that are there go on, and those that are complete stay as they are.</summary>
    /// <param name="config">The settings of all; its tasks, or those of the data set when it names none.</param>
    /// <param name="folder">Folder of the runs.</param>
    /// <param name="begun">Is given each run before it trains.</param>
    /// <param name="observers">Are told what happens.</param>
    /// <param name="cancellation">Stops; the state is saved.</param>
    /// <returns>The baselines file with the last evaluation of each run; null when the configuration asks for no evaluation.</returns>
    /// <exception cref="TrainingException">A run cannot begin, or a folder holds one with other settings.</exception>
    public static string? Run(RunConfig config, string folder, Action<string, Trainer> begun, IReadOnlyList<IRunObserver> observers, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(begun);
        IReadOnlyList<TaskInfo> tasks = TrainingData.Open(config).Tasks;
        Dictionary<string, Baseline> baselines = [];
        foreach (TaskInfo task in tasks)
        {
            RunConfig own = config with { Tasks = [task.Name], Losses = config.Losses with { Weights = config.Losses.Weights.Where(weight => weight.Key == task.Name).ToDictionary() } };
            string path = Path.Combine(folder, task.Name);
            using Trainer trainer = Trainer.BeginOrResume(own, path, observers);
            begun(task.Name, trainer);
            trainer.Run(cancellation);
            if (LastScore(path) is { } score)
            {
                baselines[task.Name] = new Baseline(score.Metric, [score.Value], task.Channels);
            }
        }

        if (baselines.Count < tasks.Count)
        {
            return null;
        }

        string file = Path.Combine(folder, BaselinesName);
        new Baselines($"single-task runs in {Path.GetFileName(Path.GetFullPath(folder))}, seed {config.Seed}", Evaluator.Protocol, baselines).Write(file);
        return file;
    }

    private static (string Metric, double Value)? LastScore(string path)
    {
        string? line = File.ReadLines(Path.Combine(path, RunLog.FileName)).LastOrDefault(line => line.Contains("\"kind\":\"validation\"", StringComparison.Ordinal));
        if (line is null)
        {
            return null;
        }

        using JsonDocument entry = JsonDocument.Parse(line);
        JsonProperty headline = entry.RootElement.GetProperty("metrics").EnumerateObject().First();
        return headline.Value.ValueKind == JsonValueKind.Number
            ? (headline.Name, headline.Value.GetDouble())
            : throw new TrainingException($"'{path}': the last evaluation has no number for {headline.Name}; a baseline needs one.");
    }
}
