using DiTask.Model.Training.Network;

namespace DiTask.Model.Training;

/// <summary>Numbers of parameters, group by group.</summary>
/// <param name="Thetas">CPAB parameters that are trained.</param>
/// <param name="Adapters">Trained parameters of any other adapter.</param>
/// <param name="Extras">What is unfrozen beside them: norms, patch embedding, merging, position tables.</param>
/// <param name="Backbone">Any other trained part of the backbone.</param>
/// <param name="Decoders">Downsamplers and heads, all trained.</param>
/// <param name="Auxiliary">What only training needs, and no exported model has.</param>
/// <param name="Frozen">What stays as it is.</param>
public sealed record ParameterReport(long Thetas, long Adapters, long Extras, long Backbone, long Decoders, long Auxiliary, long Frozen)
{
    /// <summary>Everything that is trained.</summary>
    public long Trained => Thetas + Adapters + Extras + Backbone + Decoders + Auxiliary;

    /// <summary>Everything.</summary>
    public long Total => Trained + Frozen;

    internal static ParameterReport Of(TrainableNetwork network)
    {
        Dictionary<ParameterRole, long> counts = Enum.GetValues<ParameterRole>().ToDictionary(role => role, role => network.Parameters.Where(parameter => parameter.Role == role).Sum(parameter => parameter.Tensor.numel()));
        return new ParameterReport(
            counts[ParameterRole.Theta], counts[ParameterRole.Adapter], counts[ParameterRole.Extra], counts[ParameterRole.Backbone], counts[ParameterRole.Decoder],
            counts[ParameterRole.Auxiliary], network.Store.FrozenCount);
    }
}
