using DiTask.Model.Data;
using static TorchSharp.torch;

namespace DiTask.Model.Training.Losses;

/// <summary>Binary cross-entropy in which positive pixels weigh w and negative ones 1 - w.</summary>
/// <remarks>A batch that is all positive or all negative costs 0 where w follows the data: there is nothing to balance against.</remarks>
/// <param name="positiveWeight">w; null takes the share of negative pixels in the batch.</param>
/// <param name="form">What an unknown pixel is.</param>
internal sealed class BalancedBinaryLoss(double? positiveWeight, LossForm form) : ITaskLoss
{
    private const double Threshold = 0.5;

    public Tensor Compute(Tensor logits, Tensor label)
    {
        Tensor known = label.ne(LabelMap.Void).to(logits.dtype);
        if (form == LossForm.Reference)
        {
            known = ones_like(known);
        }

        Tensor positive = label.ge(Threshold).to(logits.dtype) * known;
        Tensor negative = known - positive;
        Tensor count = known.sum();
        Tensor share = positiveWeight is double given ? full_like(count, given) : KnownMean.OrZero(negative.sum(), count);
        Tensor weight = (positive * share) + (negative * (1 - share));
        Tensor total = nn.functional.binary_cross_entropy_with_logits(logits, positive, weight, nn.Reduction.Sum);
        return KnownMean.OrZero(total, count);
    }
}
