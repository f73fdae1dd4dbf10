namespace DiTask.Model.Training.Balancing;

/// <summary>lambda alone. Caruana 1997 with weights set by hand: the default, and hard to beat.</summary>
internal sealed class FixedRule : WeightRule
{
    public override double[] Factors(double[] losses, long step) => [.. losses.Select(_ => 1.0)];
}
