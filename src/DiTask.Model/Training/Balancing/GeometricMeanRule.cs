namespace DiTask.Model.Training.Balancing;

/// <summary>Geometric loss strategy: the gradient of the K-th root of the product of the losses.</summary>
/// <remarks>A loss that is not above 0 has no part in the product. <b>Source:</b> Chennupati et al., CVPR workshops 2019.</remarks>
internal sealed class GeometricMeanRule : WeightRule
{
    public override double[] Factors(double[] losses, long step)
    {
        double[] positive = [.. losses.Where(loss => loss > 0)];
        if (positive.Length == 0)
        {
            return [.. losses.Select(_ => 1.0)];
        }

        double mean = Math.Exp(positive.Average(Math.Log));
        return [.. losses.Select(loss => loss > 0 ? mean / (positive.Length * loss) : 1)];
    }
}
