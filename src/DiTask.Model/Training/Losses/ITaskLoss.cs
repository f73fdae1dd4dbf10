using static TorchSharp.torch;

namespace DiTask.Model.Training.Losses;

/// <summary>What one task's predictions cost.</summary>
internal interface ITaskLoss
{
    /// <summary>The loss of a batch, attached to the graph of <paramref name="logits"/>.</summary>
    /// <remarks><b>Shapes:</b> a scalar. Tensors on the way belong to the caller's dispose scope.</remarks>
    /// <param name="logits">[B, c, S, S], as the network gives them.</param>
    /// <param name="label">[B, 1, S, S], or [B, 3, S, S] for normals; <see cref="Data.LabelMap.Void"/> where nothing is known.</param>
    Tensor Compute(Tensor logits, Tensor label);
}
