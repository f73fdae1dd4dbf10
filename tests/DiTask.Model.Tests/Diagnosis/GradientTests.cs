using DiTask.Model.Diagnosis.Affinity;
using DiTask.Model.Diagnosis.Costs;
using DiTask.Model.Diagnosis.Gradients;
using DiTask.Model.Diagnosis.Signals;
using DiTask.Model.Evaluation;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DiTask.Model.Tests.Diagnosis;

public sealed class GradientTests
{
    [Fact]
    public void Pair_OfTheKnownVectors_HasTheKnownNumbers()
    {
        GradientPair pair = GradientPair.Of(ab: -1, aa: 1, bb: 2);

        Assert.Equal(-0.707107, pair.Cosine, 6);
        Assert.Equal(135, pair.Degrees, 9);
        Assert.Equal(0.942809, pair.Magnitude, 6);
    }

    [Fact]
    public void Measure_LinearLosses_GivesTheirGradientsAndChangesNothing()
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter shared = new(tensor(new double[] { 3, 4 }));
        Parameter own = new(tensor(new double[] { 2 }));
        GradientProbe probe = new([shared], [new ParameterGroup("stage 0", 0, 1), new ParameterGroup(ParameterGroup.All, 0, 2)], [[own], []], [1, 2]);

        GradientSample sample = probe.Measure([Loss(1, 0).add(own.sum().mul(5)), Loss(-1, 1)], out IReadOnlyList<Tensor> gradients);

        Assert.Equal([1.0, -2, -2, 4], sample.Products[0].Cast<double>());
        Assert.Equal([1.0, -2, -2, 8], sample.Products[1].Cast<double>());
        Assert.Equal([1.0, 2], sample.Participation[1]);
        Assert.Equal([5.0, 0], sample.OwnNorms);
        Assert.Equal([13.0, 1], sample.Losses);
        Assert.Equal([-2.0, 2], gradients[1].data<double>().ToArray());
        Assert.Null(shared.grad);
        Assert.Null(own.grad);

        Tensor Loss(double first, double second) => shared.mul(tensor(new[] { first, second })).sum();
    }

    [Fact]
    public void Relations_FiftyParameters_CallsNothingBelowTwiceTheNoiseAConflict()
    {
        GradientMeter meter = new(["depth", "sal"], [new ParameterGroup("stage 0", 0, 50)]);
        foreach (double cosine in (double[])[-0.2, -0.3, 0.1, -0.27])
        {
            meter.Add(new GradientSample([new[,] { { 1, cosine }, { cosine, 1 } }], [[50, 20]], [1, 2], [0.5, 0.25]));
        }

        GroupRelations relations = Assert.Single(meter.Relations());
        PairRelation pair = Assert.Single(relations.Pairs);

        Assert.Equal(0.1414, relations.Noise, 4);
        Assert.Equal(-0.1675, pair.Cosine, 12);
        Assert.Equal(0.75, pair.NegativeRate);
        Assert.Equal(0, pair.ConflictRate - 0.25, 12);
        Assert.False(relations.IsConflict(pair));
        Assert.Equal(20, pair.EffectiveDimension);
        Assert.Equal([-0.2, -0.21, -0.179, -0.1881], pair.Curve.Select(value => Math.Round(value, 10)));
    }

    [Fact]
    public void Relations_BatchWithoutALabel_DoesNotCount()
    {
        GradientMeter meter = new(["depth", "sal"], [new ParameterGroup("stage 0", 0, 4)]);
        meter.Add(new GradientSample([new double[,] { { 1, -1 }, { -1, 1 } }], [[1, 1]], [1, 1], [1, 1]));
        meter.Add(new GradientSample([new double[,] { { 1, 0 }, { 0, 0 } }], [[1, 0]], [1, 0], [1, 0]));

        PairRelation pair = Assert.Single(Assert.Single(meter.Relations()).Pairs);

        Assert.Equal(-1, pair.Cosine);
        Assert.Single(pair.Curve);
    }

    [Fact]
    public void Lookahead_ThreeParabolas_HasTheKnownRows()
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter t = new(tensor(new double[] { 0 }));
        double[] centres = [1, -1, 2];
        Tensor[] gradients = [.. centres.Select(centre => tensor(new[] { -centre }))];

        double[,] affinity = LookaheadProbe.Measure([t], gradients, Losses(), Losses, 0.1);

        double[] expected = [0.19, -0.21, 0.0975, -0.21, 0.19, -0.1025, 0.36, -0.44, 0.19];
        Assert.All(affinity.Cast<double>().Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 12));
        Assert.Equal(0, t.item<double>());

        double[] Losses() => [.. centres.Select(centre => 0.5 * Math.Pow(t.detach().item<double>() - centre, 2))];
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0)]
    public void Interference_IdenticalTasks_HelpEachOtherUnlessTheRateIsZero(double rate)
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter t = new(tensor(new double[] { 3 }));
        using ParameterSnapshot start = new([t]);

        TaskMatrix matrix = InterferenceMatrix.Measure(["depth", "sal"], Scores(), start, _ => Step(), Scores);

        Assert.All(matrix.Rows.SelectMany(row => row), gain => Assert.True(rate == 0 ? gain == 0 : gain > 0, $"{gain}"));
        Assert.Equal(3, t.item<double>());

        void Step()
        {
            using IDisposable off = no_grad();
            t.copy_(t.mul(1 - rate));
        }

        MetricValue[] Scores()
        {
            double error = t.detach().item<double>();
            return [new MetricValue("depth.rmse", error, "m", HigherIsBetter: false), new MetricValue("sal.miou", 100 - error, "%", HigherIsBetter: true)];
        }
    }

    [Fact]
    public void Split_OppositeTargetsOnStageThreeOnly_SplitsThere()
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter[] stages = [.. Enumerable.Range(0, 4).Select(_ => new Parameter(ones(25, float64)))];
        ParameterGroup[] groups = [.. Enumerable.Range(0, 4).Select(stage => new ParameterGroup($"stage {stage}", 25 * stage, 25))];
        GradientProbe probe = new(stages, groups, [[], []], [1, 1]);
        GradientMeter meter = new(["depth", "normals"], groups);
        for (int batch = 0; batch < 20; batch++)
        {
            meter.Add(probe.Measure([Loss(4), Loss(-4)], out _));
        }

        IReadOnlyList<GroupRelations> relations = meter.Relations();
        NetworkCost cost = new([.. groups.Select(group => new StageCost(group.Name, 1_000_000, 1))], [], 0);

        SplitAdvice advice = SplitAdvice.Of(relations, [Delta("depth", -5, 0.1), Delta("normals", 1, 0.1)], cost);

        Assert.Equal("stage 3", advice.Stage);
        Assert.Equal((1_000_000, 1), (advice.Parameters, advice.GigaMacs));
        Assert.Null(SplitAdvice.Of(relations, [Delta("depth", 5, 0.1), Delta("normals", 1, 0.1)], cost).Stage);
        Assert.Contains("could not be judged", SplitAdvice.Of(relations, null, cost).Text, StringComparison.Ordinal);
        Assert.Equal(SignalState.Present, SignalRules.Opposed(relations).State);
        Assert.Null(SplitAdvice.Of([.. relations.SkipLast(1)], [Delta("depth", -5, 0.1)], cost).Stage);

        // The stages before the last agree; the last is pulled to one side by each task.
        Tensor Loss(double target) => stages[0].pow(2).sum() + stages[1].pow(2).sum() + stages[2].pow(2).sum() + (stages[3] - target).pow(2).sum();
    }

    private static TaskDelta Delta(string task, double percent, double deviation) => new(task, task, 1, 1, 3, percent, deviation / 100);
}
