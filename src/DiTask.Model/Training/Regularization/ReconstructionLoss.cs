using TorchSharp;
using static TorchSharp.torch;

namespace DiTask.Model.Training.Regularization;

/// <summary>
/// An auxiliary task without labels: a small decoder on the last features draws the picture again, and its mean absolute error keeps the features
/// informative. The decoder is not part of what is exported.
/// </summary>
/// <remarks><b>Source:</b> Ghifary et al. 2016; Xie et al. (SimMIM) 2022 for the masked form.</remarks>
/// <param name="strength">lambda_r.</param>
internal sealed class ReconstructionLoss(double strength = 0.1)
{
    /// <summary>lambda_r times the mean of |image - prediction|, over all pixels or those of a mask.</summary>
    /// <param name="prediction">[B, 3, S, S].</param>
    /// <param name="image">[B, 3, S, S], as the network saw it before anything was masked.</param>
    /// <param name="mask">[B, 1, S, S], 1 where a pixel counts; null for all. With no such pixel the loss is 0.</param>
    public Tensor Compute(Tensor prediction, Tensor image, Tensor? mask = null)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor error = (prediction - image).abs();
        if (mask is null)
        {
            return scope.MoveToOuter(error.mean() * strength);
        }

        Tensor counted = mask.to(prediction.dtype).expand(error.shape);
        return scope.MoveToOuter((error * counted).sum() / counted.sum().clamp(min: 1) * strength);
    }
}
