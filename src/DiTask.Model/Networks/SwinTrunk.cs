using DiTask.Model.Config;
using DiTask.Model.Layers;

namespace DiTask.Model.Networks;

/// <summary>The shared part of the network: image in, the features that the branches read out.</summary>
/// <remarks><b>Source:</b> reference specification 3.</remarks>
internal sealed class SwinTrunk<T>
{
    private readonly PatchEmbed<T> patchEmbed;
    private readonly SwinStage<T>[] stages;

    /// <param name="ops">Operations.</param>
    /// <param name="root">Root of the checkpoint's keys.</param>
    /// <param name="config">Sizes and adapters.</param>
    public SwinTrunk(ITensorOps<T> ops, ParameterScope<T> root, ModelConfig config)
    {
        TapPlan plan = new(config);
        ParameterScope<T> backbone = root / "backbone";
        patchEmbed = new PatchEmbed<T>(ops, backbone, config.Backbone);
        stages = [.. config.Backbone.Depths.Select((_, stage) => new SwinStage<T>(ops, backbone, config.Backbone, stage, plan[stage]))];
    }

    /// <summary>Normalised image [B, 3, S, S] to features by tap.</summary>
    public IReadOnlyDictionary<Tap, T> Forward(T image)
    {
        Dictionary<Tap, T> taps = [];
        T x = patchEmbed.Forward(image);
        foreach (SwinStage<T> stage in stages)
        {
            x = stage.Forward(x, taps);
        }

        return taps;
    }
}
