using DiTask.Model.Config;
using DiTask.Model.Layers;

namespace DiTask.Model.Networks;

/// <summary>The whole network: trunk and one branch per task.</summary>
internal sealed class MultiTaskSwin<T>
{
    private readonly SwinTrunk<T> trunk;
    private readonly Dictionary<string, TaskBranch<T>> branches;

    /// <param name="ops">Operations.</param>
    /// <param name="parameters">Parameters by checkpoint key.</param>
    /// <param name="config">Sizes and adapters.</param>
    public MultiTaskSwin(ITensorOps<T> ops, IParameterSource<T> parameters, ModelConfig config)
    {
        ParameterScope<T> root = new(parameters, "");
        trunk = new SwinTrunk<T>(ops, root, config);
        branches = config.Tasks.ToDictionary(task => task.Name, task => new TaskBranch<T>(ops, root, config, task));
    }

    /// <summary>Normalised image [B, 3, S, S] to each task's logits [B, outputs, R, R] at the head's resolution.</summary>
    public IReadOnlyDictionary<string, T> Forward(T image) => Branches(Trunk(image));

    /// <summary>Normalised image [B, 3, S, S] to the features that the branches read.</summary>
    public IReadOnlyDictionary<Tap, T> Trunk(T image) => trunk.Forward(image);

    /// <summary>Features to each task's logits [B, outputs, R, R] at the head's resolution.</summary>
    public IReadOnlyDictionary<string, T> Branches(IReadOnlyDictionary<Tap, T> taps) => branches.ToDictionary(branch => branch.Key, branch => branch.Value.Forward(taps));

    /// <summary>Normalised image [B, 3, S, S] to what the decoder of <paramref name="task"/> reads of the backbone: a level [B, C_i, R_i, R_i] per stage.</summary>
    public IReadOnlyList<T> Features(T image, string task) => branches[task].Features(trunk.Forward(image));
}
