using DiTask.Model.Data;
using static TorchSharp.torch;

namespace DiTask.Model.Training.Losses;

/// <summary>L1 between unit vectors, averaged over the components that are known: three of a pixel.</summary>
internal sealed class NormalsLoss : ITaskLoss
{
    private const double Epsilon = 1e-12;

    public Tensor Compute(Tensor logits, Tensor label)
    {
        // A mask and not masked_select, whose backward is wrong in libtorch 1.13 for logits in channels-last order.
        Tensor known = label.ne(LabelMap.Void).to(logits.dtype);
        Tensor unit = logits / (logits.norm(1, keepdim: true) + Epsilon);
        return KnownMean.OrZero(((unit - label).abs() * known).sum(), known.sum());
    }
}
