using DiTask.Model.Training.Config;
using DiTask.Model.Training.Network;
using TorchSharp.Modules;
using static TorchSharp.torch.optim;

namespace DiTask.Model.Training.Runs;

/// <summary>The optimizer's groups: adapters and the rest, matrices with decay and everything else without, and the balancing method's own.</summary>
internal sealed class OptimizerBuilder(OptimizerConfig config, IReadOnlyList<TrainedParameter> parameters, IReadOnlyList<Parameter> balancing, double balancingFactor)
{
    private static readonly ParameterRole[] AdapterRoles = [ParameterRole.Theta, ParameterRole.Adapter];

    /// <summary>The groups that have members, each with its learning rate over that of the run.</summary>
    public IReadOnlyList<Group> Groups { get; } =
    [
        .. parameters.GroupBy(parameter => (IsAdapter: AdapterRoles.Contains(parameter.Role), parameter.IsDecayed)).Select(group => new Group(
            [.. group.Select(parameter => parameter.Tensor)],
            group.Key.IsAdapter ? config.AdapterFactor : 1,
            !group.Key.IsDecayed ? 0 : group.Key.IsAdapter ? config.AdapterDecay ?? config.WeightDecay : config.WeightDecay)),
        .. balancing.Count > 0 ? new[] { new Group(balancing, balancingFactor, 0) } : [],
    ];

    /// <summary>The optimizer; its groups are in the order of <see cref="Groups"/>.</summary>
    public OptimizerHelper Build() => config.Name == "sgd"
        ? SGD(
            Groups.Select(group => new SGD.ParamGroup { Parameters = group.Parameters, Options = new SGD.Options { weight_decay = group.WeightDecay } }),
            config.LearningRate,
            momentum: config.Beta1)
        : AdamW(
            Groups.Select(group => new AdamW.ParamGroup { Parameters = group.Parameters, Options = new AdamW.Options { weight_decay = group.WeightDecay } }),
            config.LearningRate,
            config.Beta1,
            config.Beta2);

    /// <summary>Parameters that are treated alike.</summary>
    /// <param name="Parameters">The members.</param>
    /// <param name="Factor">Learning rate over that of the run.</param>
    /// <param name="WeightDecay">Decoupled decay.</param>
    internal sealed record Group(IReadOnlyList<Parameter> Parameters, double Factor, double WeightDecay);
}
