using DiTask.Model.Training.Network;
using TorchSharp.Modules;

namespace DiTask.Model.Diagnosis.Gradients;

/// <summary>The trained parameters that all tasks share, ordered so that every stage is one stretch of their flat vector.</summary>
internal sealed class SharedParameters
{
    private const string Stage = "backbone.layers.";

    /// <param name="parameters">What a network trains.</param>
    public SharedParameters(IEnumerable<TrainedParameter> parameters)
    {
        List<ParameterGroup> groups = [];
        List<Parameter> tensors = [];
        long start = 0;
        foreach (IGrouping<string, TrainedParameter> group in parameters.Where(parameter => parameter.Task is null).GroupBy(parameter => GroupOf(parameter.Key)).OrderBy(group => Rank(group.Key)))
        {
            tensors.AddRange(group.Select(parameter => parameter.Tensor));
            long count = group.Sum(parameter => parameter.Tensor.numel());
            groups.Add(new ParameterGroup(group.Key, start, count));
            start += count;
        }

        Tensors = tensors;
        Groups = [.. groups, new ParameterGroup(ParameterGroup.All, 0, start)];
    }

    /// <summary>The tensors in the order of the flat vector.</summary>
    public IReadOnlyList<Parameter> Tensors { get; }

    /// <summary>The stages in the order of the network, and all together at the end.</summary>
    public IReadOnlyList<ParameterGroup> Groups { get; }

    /// <summary>The group of the parameter <paramref name="key"/>.</summary>
    public static string GroupOf(string key) =>
        key.StartsWith(Stage, StringComparison.Ordinal) ? $"stage {key[Stage.Length..key.IndexOf('.', Stage.Length)]}"
        : key.StartsWith("backbone.", StringComparison.Ordinal) ? "stem" : "decoder";

    private static string Rank(string group) => group switch
    {
        "stem" => "0",
        "decoder" => "2",
        _ => "1" + group,
    };
}
