using DiTask.Model.Layers;
using DiTask.Model.Torch;
using static TorchSharp.torch;

namespace DiTask.Model.Training.Network;

/// <summary>A linear layer whose weight is made anew in every step.</summary>
/// <param name="ops">Operations, which know whether this is training.</param>
/// <param name="weight">Gives the weight [out, in].</param>
/// <param name="bias">[out], or null.</param>
/// <param name="dropout">Of the input, while training.</param>
internal sealed class AdaptedLinear(TorchOps ops, Func<Tensor> weight, Tensor? bias, double dropout) : ILinear<Tensor>
{
    /// <inheritdoc/>
    public Tensor Forward(Tensor x) => ops.Linear(dropout > 0 && ops.Training is not null ? nn.functional.dropout(x, dropout) : x, weight(), bias);
}
