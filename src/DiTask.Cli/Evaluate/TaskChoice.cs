using DiTask.Model.Artifacts;
using DiTask.Model.Data;
using DiTask.Model.Tasks;

namespace DiTask.Cli.Evaluate;

/// <summary>The tasks that a model has and a data set labels.</summary>
/// <param name="Graphs">The model's tasks.</param>
/// <param name="Infos">The same with the data set's names of classes.</param>
/// <param name="Left">What is not evaluated, and why.</param>
internal sealed record TaskChoice(IReadOnlyList<TaskSpec> Graphs, IReadOnlyList<TaskInfo> Infos, IReadOnlyList<string> Left)
{
    /// <summary>Chooses.</summary>
    /// <param name="model">The model.</param>
    /// <param name="dataset">The data set, with the tasks typed or all.</param>
    /// <param name="asked">Tasks typed, each of which must be there; null for what there is.</param>
    /// <exception cref="EvaluateException">A task typed is missing, nothing is left, or the numbers of classes differ.</exception>
    public static TaskChoice Of(ModelManifest model, IDataset dataset, IReadOnlyList<string>? asked)
    {
        string[] known = [.. model.Tasks.Select(task => task.Info.Name)];
        if (asked?.Except(known).ToArray() is [_, ..] missing)
        {
            throw new EvaluateException($"--tasks: expected some of {string.Join(", ", known)}; found '{string.Join("', '", missing)}'.");
        }

        TaskSpec[] graphs = [.. model.Tasks.Where(task => dataset.Tasks.Any(labelled => labelled.Name == task.Info.Name))];
        if (graphs.Length == 0)
        {
            throw new EvaluateException(
                $"The model has {string.Join(", ", known)}; '{dataset.Name}' labels {string.Join(", ", dataset.Tasks.Select(task => task.Name))}: nothing can be measured.");
        }

        TaskInfo[] infos = [.. graphs.Select(graph => dataset.Tasks.First(task => task.Name == graph.Info.Name))];
        foreach ((TaskSpec graph, TaskInfo info) in graphs.Zip(infos))
        {
            if (graph.Info.Channels != info.Channels)
            {
                throw new EvaluateException($"'{info.Name}': the model has {graph.Info.Channels} classes; '{dataset.Name}' has {info.Channels}.");
            }
        }

        IEnumerable<string> unlabelled = asked is null ? known.Except(infos.Select(info => info.Name)) : [];
        return new TaskChoice(graphs, infos, [.. unlabelled.Select(task => $"{task}: not evaluated, '{dataset.Name}' has no labels of it")]);
    }
}
