using DiTask.Model.Data;
using static TorchSharp.torch;

namespace DiTask.Model.Training.Losses;

/// <summary>Cross-entropy over the classes, averaged over the pixels whose class is known.</summary>
internal sealed class ClassLoss(LossForm form) : ITaskLoss
{
    public Tensor Compute(Tensor logits, Tensor label)
    {
        Tensor target = label.squeeze(1).to(int64);
        Tensor total = nn.functional.cross_entropy(logits, target, ignore_index: (long)LabelMap.Void, reduction: nn.Reduction.Sum);
        Tensor count = target.ne((long)LabelMap.Void).to(logits.dtype).sum();
        return form == LossForm.Reference ? KnownMean.OrNaN(total, count) : KnownMean.OrZero(total, count);
    }
}
