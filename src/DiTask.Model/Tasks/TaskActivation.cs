namespace DiTask.Model.Tasks;

/// <summary>What turns a task's logits into its map. Reference specification 4.4.</summary>
public enum TaskActivation
{
    /// <summary>Arg max over the channels.</summary>
    ArgMax,

    /// <summary>1 / (1 + exp(-x)).</summary>
    Sigmoid,

    /// <summary>Division by the L2 norm over the channels.</summary>
    UnitVector,

    /// <summary>The logit is the value.</summary>
    None,
}
