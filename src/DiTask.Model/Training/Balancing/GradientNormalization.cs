namespace DiTask.Model.Training.Balancing;

/// <summary>What MGDA divides a task's gradient by before it seeks the combination of least norm.</summary>
internal enum GradientNormalization
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Its length.</summary>
    L2,

    /// <summary>The task's loss.</summary>
    Loss,

    /// <summary>The task's loss times the gradient's length.</summary>
    LossTimesL2,
}
