using DiTask.Model.Training.Balancing;

namespace DiTask.Model.Tests.Training.Balancing;

/// <summary>The closed cases of the methods that are a weight per task.</summary>
public sealed class WeightRuleTests
{
    private static readonly double[] FourLosses = [1.2, 0.8, 0.5, 0.1];
    private static readonly double[] FourWeights = [1, 2, 5, 10];

    // The one matrix of one decimal that gives the interaction and the weights of the specification's case.
    private static readonly double[][] FourRelations = [[1, 0.5, 0.2, -0.1], [0.5, 1, 0.3, 0], [0.2, 0.3, 1, 0.4], [-0.1, 0, 0.4, 1]];

    [Fact]
    public void Fixed_WeighsByLambda()
    {
        using LinearTasks tasks = LinearTasks.OfLosses(FourLosses);
        using IBalancer balancer = Balancers.Create("fixed", tasks.Options(FourWeights));

        IReadOnlyDictionary<string, double> weights = balancer.Backward(tasks.Step());

        LinearTasks.AssertClose(FourWeights, weights.Values);
        LinearTasks.AssertClose([1.2, 1.6, 2.5, 1], tasks.OwnGradients());
        Assert.Equal(6.3, tasks.OwnGradients().Sum(), 1e-9);
    }

    [Fact]
    public void Equal_IgnoresLambda()
    {
        using LinearTasks tasks = LinearTasks.OfLosses(FourLosses);
        using IBalancer balancer = Balancers.Create("equal", tasks.Options(FourWeights));

        LinearTasks.AssertClose([1, 1, 1, 1], balancer.Backward(tasks.Step()).Values);
        LinearTasks.AssertClose(FourLosses, tasks.OwnGradients());
    }

    [Fact]
    public void DynamicAverage_FirstTwoEpochs_WeighsEquallyThenByRatio()
    {
        using LinearTasks tasks = LinearTasks.OfLosses(1, 1, 1);
        using IBalancer balancer = Balancers.Create("dwa", tasks.Options());

        LinearTasks.AssertClose([1, 1, 1], balancer.Backward(tasks.Step()).Values);
        balancer.EndEpoch(Means(1, 2, 4));
        LinearTasks.AssertClose([1, 1, 1], balancer.Backward(tasks.Step()).Values);
        balancer.EndEpoch(Means(0.8, 1.8, 2));
        LinearTasks.AssertClose([1.030227, 1.083048, 0.886725], balancer.Backward(tasks.Step()).Values);
    }

    [Fact]
    public void DynamicAverage_TaskWithoutLosses_StaysAtRatioOne()
    {
        DynamicAverageRule rule = new(2, 2);
        rule.EndEpoch([1, double.NaN]);
        rule.EndEpoch([1, 0]);

        LinearTasks.AssertClose([1, 1], rule.Factors([1, 1], 0));
    }

    [Fact]
    public void GeometricMean_ClosedCase()
    {
        using LinearTasks tasks = LinearTasks.OfLosses(2, 0.5);
        using IBalancer balancer = Balancers.Create("gls", tasks.Options());

        LinearTasks.AssertClose([0.25, 1], balancer.Backward(tasks.Step()).Values);
    }

    [Fact]
    public void GeometricMean_TaskWithoutLoss_LeavesTheOthersAlone() =>
        LinearTasks.AssertClose([0.25, 1, 1], new GeometricMeanRule().Factors([2, 0.5, 0], 0));

    [Fact]
    public void Famo_FirstStep_WeighsByInverseLoss()
    {
        using LinearTasks tasks = LinearTasks.OfLosses(2, 0.5);
        using IBalancer balancer = Balancers.Create("famo", tasks.Options());

        LinearTasks.AssertClose([0.2, 0.8], balancer.Backward(tasks.Step()).Values);
    }

    [Fact]
    public void Famo_TaskThatFellLess_Gains()
    {
        FamoRule rule = new(2, 0.025, 1e-3);
        rule.Factors([1, 1], 1);

        double[] factors = rule.Factors([1, 0.5], 2);

        // Adam's first step is the learning rate in the direction of the sign: xi = (.025, -.025), then z / L, normalised.
        double share = 1 / (1 + Math.Exp(-0.05));
        double sum = share + ((1 - share) / 0.5);
        LinearTasks.AssertClose([share / sum, (1 - share) / 0.5 / sum], factors, 1e-6);
        Assert.Equal(factors, rule.Factors([1, 0.5], 2));
    }

    [Fact]
    public void Random_WeightsSumToOneAndDependOnSeedAndStepOnly()
    {
        double[] first = new RandomRule(7).Factors([1, 2, 3], 5);

        Assert.Equal(1, first.Sum(), 1e-12);
        Assert.Equal(first, new RandomRule(7).Factors([9, 9, 9], 5));
        Assert.NotEqual(first, new RandomRule(7).Factors([1, 2, 3], 6));
        Assert.NotEqual(first, new RandomRule(8).Factors([1, 2, 3], 5));
    }

    [Fact]
    public void Random_LogWeightDifferences_HaveVarianceTwo()
    {
        double[] differences = [.. Enumerable.Range(0, 4000).Select(step => new RandomRule(1).Factors([1, 1], step)).Select(w => Math.Log(w[0] / w[1]))];

        Assert.Equal(0, differences.Average(), 0.1);
        Assert.Equal(2, differences.Average(d => d * d), 0.2);
    }

    [Fact]
    public void TaskRelation_TwoTasks_ClosedCase()
    {
        using LinearTasks tasks = LinearTasks.OfLosses(0.5, 0.25);
        BalancingOptions options = tasks.Options(1, 2) with { Relations = [[1, 0.6], [0.6, 1]] };
        using IBalancer balancer = Balancers.Create("task_relation", options);

        LinearTasks.AssertClose([1.03, 2.06], balancer.Backward(tasks.Step()).Values);
        LinearTasks.AssertClose([0.515, 0.515], tasks.OwnGradients());
        Assert.Equal(1.015, new TaskRelationRule(2, options.Relations, 0.1, 0.1).Objective([0.5, 0.5]), 1e-12);
    }

    [Fact]
    public void TaskRelation_FourTasks_ClosedCase()
    {
        using LinearTasks tasks = LinearTasks.OfLosses(FourLosses);
        BalancingOptions options = tasks.Options(FourWeights) with { Relations = FourRelations, RelationStrength = 0.05 };
        using IBalancer balancer = Balancers.Create("task_relation", options);

        LinearTasks.AssertClose([1.06, 2.135, 5.28, 10.44], balancer.Backward(tasks.Step()).Values);
        TaskRelationRule rule = new(4, FourRelations, 0.05, 0.1);
        Assert.Equal(6.482, rule.Objective([1.2, 1.6, 2.5, 1]), 1e-12);
        Assert.Equal(6.3 + 3.64, new TaskRelationRule(4, FourRelations, 1, 0.1).Objective([1.2, 1.6, 2.5, 1]), 1e-12);
    }

    [Fact]
    public void TaskRelation_NegativeRelationAndLargePartner_StopsAtTheFloor() =>
        LinearTasks.AssertClose([0.1, 0.9], new TaskRelationRule(2, [[1, -1], [-1, 1]], 0.1, 0.1).Factors([1, 100], 0));

    [Fact]
    public void TaskRelation_MatrixThatDoesNotFit_SaysWhatWasExpected()
    {
        Assert.Contains("2x2", Assert.Throws<ArgumentException>(() => new TaskRelationRule(2, null, 1, 0)).Message, StringComparison.Ordinal);
        Assert.Contains("2x2", Assert.Throws<ArgumentException>(() => new TaskRelationRule(2, [[1]], 1, 0)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new TaskRelationRule(2, [[1, 0.5], [0.4, 1]], 1, 0));
        Assert.Throws<ArgumentException>(() => new TaskRelationRule(2, [[1, 1.5], [1.5, 1]], 1, 0));
        Assert.Throws<ArgumentException>(() => new TaskRelationRule(2, [[1, double.NaN], [double.NaN, 1]], 1, 0));
    }

    private static Dictionary<string, double> Means(params double[] values) =>
        LinearTasks.Names.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second);
}
