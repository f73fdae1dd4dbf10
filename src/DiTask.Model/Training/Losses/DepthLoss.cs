using DiTask.Model.Data;
using static TorchSharp.torch;

namespace DiTask.Model.Training.Losses;

/// <summary>L1 in metres, averaged over the pixels whose depth is known.</summary>
internal sealed class DepthLoss(LossForm form) : ITaskLoss
{
    public Tensor Compute(Tensor logits, Tensor label)
    {
        Tensor known = label.ne(LabelMap.Void).to(logits.dtype);
        Tensor total = ((logits - label).abs() * known).sum();
        return form == LossForm.Reference ? KnownMean.OrNaN(total, known.sum()) : KnownMean.OrZero(total, known.sum());
    }
}
