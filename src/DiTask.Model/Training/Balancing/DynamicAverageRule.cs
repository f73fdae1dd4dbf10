namespace DiTask.Model.Training.Balancing;

/// <summary>Dynamic weight average: K softmax(r / T), where r_i is the mean loss of the last epoch over that of the one before. 1 in the first two epochs.</summary>
/// <remarks><b>Source:</b> Liu, Johns, Davison, CVPR 2019.</remarks>
internal sealed class DynamicAverageRule(int tasks, double temperature) : WeightRule
{
    private double[] last = Unknown(tasks);
    private double[] beforeLast = Unknown(tasks);

    public override double[] Factors(double[] losses, long step)
    {
        double[] ratios = [.. last.Zip(beforeLast, Ratio)];
        if (ratios.All(double.IsNaN))
        {
            return [.. losses.Select(_ => 1.0)];
        }

        // A task whose ratio is not known, for a loss of 0 or an epoch without labels, neither gains nor loses.
        return [.. Softmax.Of(ratios.Select(ratio => (double.IsNaN(ratio) ? 1 : ratio) / temperature)).Select(share => share * tasks)];
    }

    public override void EndEpoch(double[] meanLosses)
    {
        beforeLast = last;
        last = [.. meanLosses];
    }

    public override IReadOnlyDictionary<string, double[]> Save() =>
        new Dictionary<string, double[]> { ["last"] = [.. last], ["before_last"] = [.. beforeLast] };

    public override void Restore(IReadOnlyDictionary<string, double[]> state)
    {
        last = state.Array("last", tasks);
        beforeLast = state.Array("before_last", tasks);
    }

    private static double Ratio(double last, double beforeLast) =>
        double.IsFinite(last) && double.IsFinite(beforeLast) && beforeLast > 0 ? last / beforeLast : double.NaN;

    private static double[] Unknown(int count) => [.. Enumerable.Repeat(double.NaN, count)];
}
