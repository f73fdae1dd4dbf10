namespace DiTask.Model.Training.Network;

/// <summary>What a trained tensor is for: the lines of the parameter table, and the groups of the optimizer.</summary>
internal enum ParameterRole
{
    /// <summary>CPAB parameters.</summary>
    Theta,

    /// <summary>Parameters of any other adapter.</summary>
    Adapter,

    /// <summary>What the authors leave unfrozen beside the thetas: norms, patch embedding, merging, relative position tables.</summary>
    Extra,

    /// <summary>Any other part of the backbone.</summary>
    Backbone,

    /// <summary>Downsamplers and heads.</summary>
    Decoder,

    /// <summary>What only training needs, and no exported model has.</summary>
    Auxiliary,
}
