namespace DiTask.Model.Training.Balancing;

/// <summary>What PCGrad makes of the projected gradients.</summary>
internal enum GradientReduction
{
    /// <summary>Their sum: the size of a plain sum of losses where nothing conflicts.</summary>
    Sum,

    /// <summary>Their mean.</summary>
    Mean,
}
