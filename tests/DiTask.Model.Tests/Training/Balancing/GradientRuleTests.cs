using DiTask.Model.Training.Balancing;

namespace DiTask.Model.Tests.Training.Balancing;

/// <summary>The closed cases of the methods that combine gradients, through a real backward pass each.</summary>
public sealed class GradientRuleTests
{
    private static readonly double[][] Pair = [[1, 0], [-1, 1]];
    private static readonly double[][] Three = [[1, 0, 0], [-0.5, 1, 0], [-0.2, -1, 0.5]];

    public static TheoryData<double[][], double[], double[]> LeastLengths => new()
    {
        { [[1, 0], [0, 2]], [0.8, 0.2], [0.8, 0.4] },
        { [[1, 0], [3, 1]], [1, 0], [1, 0] },
        { [[1, 0], [-3, 0]], [0.75, 0.25], [0, 0] },
        { [[1, 0, 0], [0, 2, 0], [0, 0, 3]], [0.734694, 0.183673, 0.081633], [0.734694, 0.367347, 0.244898] },
    };

    [Theory]
    [MemberData(nameof(LeastLengths))]
    public void Mgda_ClosedCases(double[][] gradients, double[] shares, double[] step)
    {
        using LinearTasks tasks = new(gradients);
        using IBalancer balancer = Balancers.Create("mgda", tasks.Options());

        LinearTasks.AssertClose(shares, balancer.Backward(tasks.Step()).Values);
        LinearTasks.AssertClose(step, tasks.SharedGradient());
    }

    [Fact]
    public void Mgda_RandomGradients_SatisfyTheOptimalityCondition()
    {
        Random random = new(5);
        for (int trial = 0; trial < 50; trial++)
        {
            double[][] g = [.. Enumerable.Range(0, 4).Select(_ => Enumerable.Range(0, 6).Select(_ => random.NextDouble() - 0.3).ToArray())];
            using LinearTasks tasks = new(g);
            using IBalancer balancer = Balancers.Create("mgda", tasks.Options());

            double[] shares = [.. balancer.Backward(tasks.Step()).Values];

            double[] d = tasks.SharedGradient();
            Assert.Equal(1, shares.Sum(), 1e-12);
            Assert.All(shares, share => Assert.True(share >= 0));
            Assert.All(g, own => Assert.True(Dot(d, own) >= Dot(d, d) - 1e-9));
        }
    }

    [Fact]
    public void Mgda_TaskWithoutGradient_DoesNotStopTheOthers()
    {
        using LinearTasks tasks = new([[1, 0], [0, 2], [0, 0]]);
        using IBalancer balancer = Balancers.Create("mgda", tasks.Options());

        balancer.Backward(tasks.Step());

        LinearTasks.AssertClose([0.8, 0.4], tasks.SharedGradient());
    }

    [Theory]
    [InlineData((int)GradientNormalization.L2, 0.5, 0.5)]
    [InlineData((int)GradientNormalization.Loss, 0.5, 0.5)]
    [InlineData((int)GradientNormalization.LossTimesL2, 0.2, 0.8)]
    public void Mgda_Normalised_SharesFollowTheScaledGradients(int normalization, double first, double second)
    {
        using LinearTasks tasks = new([[1, 0], [0, 2]], [1, 2]);
        using IBalancer balancer = Balancers.Create("mgda", tasks.Options() with { MgdaNormalization = (GradientNormalization)normalization });

        LinearTasks.AssertClose([first, second], balancer.Backward(tasks.Step()).Values);
        LinearTasks.AssertClose([first, 2 * second], tasks.SharedGradient());
    }

    [Theory]
    [InlineData((int)GradientReduction.Sum, 0.5, 1.5)]
    [InlineData((int)GradientReduction.Mean, 0.25, 0.75)]
    public void PcGrad_ConflictingPair_ClosedCase(int reduction, double x, double y)
    {
        using LinearTasks tasks = new(Pair);
        using IBalancer balancer = Balancers.Create("pcgrad", tasks.Options() with { PcGradReduction = (GradientReduction)reduction });

        balancer.Backward(tasks.Step());

        LinearTasks.AssertClose([x, y], tasks.SharedGradient());
    }

    [Fact]
    public void PcGrad_ThreeTasks_FollowsTheOrder()
    {
        LinearTasks.AssertClose([0.158140, -0.009302, 1.104651], Ordered([0, 1, 2]));
        LinearTasks.AssertClose([0.713178, 0.378915, 0.926357], Ordered([2, 1, 0]));

        static double[] Ordered(int[] order)
        {
            using LinearTasks tasks = new(Three);
            using IBalancer balancer = Balancers.Create("pcgrad", tasks.Options() with { PcGradOrder = _ => order });
            balancer.Backward(tasks.Step());
            return tasks.SharedGradient();
        }
    }

    [Fact]
    public void PcGrad_DrawnOrder_DependsOnSeedAndStepOnly()
    {
        double[][] steps = [.. Enumerable.Range(0, 20).Select(step => Drawn(3, step))];

        Assert.Equal(steps, Enumerable.Range(0, 20).Select(step => Drawn(3, step)));
        Assert.True(steps.DistinctBy(step => Math.Round(step[0], 6)).Count() > 1, "Twenty steps drew one order.");

        static double[] Drawn(long seed, long step)
        {
            using LinearTasks tasks = new(Three);
            using IBalancer balancer = Balancers.Create("pcgrad", tasks.Options() with { Seed = seed });
            balancer.Backward(tasks.Step(step));
            return tasks.SharedGradient();
        }
    }

    [Fact]
    public void PcGrad_NoConflict_IsThePlainSum()
    {
        using LinearTasks tasks = new([[1, 0], [1, 2], [0, 0]]);
        using IBalancer balancer = Balancers.Create("pcgrad", tasks.Options());

        balancer.Backward(tasks.Step());

        LinearTasks.AssertClose([2, 2], tasks.SharedGradient());
    }

    [Theory]
    [InlineData(false, 0.25, 0.5)]
    [InlineData(true, 0.2, 0.4)]
    public void CaGrad_ConflictingPair_ClosedCase(bool rescale, double x, double y)
    {
        using LinearTasks tasks = new(Pair);
        using IBalancer balancer = Balancers.Create("cagrad", tasks.Options() with { CaGradRescale = rescale });

        balancer.Backward(tasks.Step());

        LinearTasks.AssertClose([x, y], tasks.SharedGradient());
    }

    [Fact]
    public void CaGrad_RandomGradients_NoOtherSharesAreBetter()
    {
        Random random = new(11);
        for (int trial = 0; trial < 10; trial++)
        {
            double[][] g = [.. Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, 4).Select(_ => random.NextDouble() - 0.5).ToArray())];
            double[] mean = Combined(g, [1 / 3.0, 1 / 3.0, 1 / 3.0]);
            using LinearTasks tasks = new(g);
            using IBalancer balancer = Balancers.Create("cagrad", tasks.Options() with { CaGradRescale = false });

            balancer.Backward(tasks.Step());

            // The dual of the objective: the least gain over the tasks is the value at the best shares.
            double[] d = tasks.SharedGradient();
            double least = g.Min(own => Dot(own, d));
            double best = Grid().Min(w => Objective(Combined(g, w)));
            Assert.Equal(best, least, 2e-3);

            double Objective(double[] combined) => Dot(combined, mean) + (0.5 * Math.Sqrt(Dot(mean, mean) * Dot(combined, combined)));
        }
    }

    [Theory]
    [InlineData("mgda")]
    [InlineData("pcgrad")]
    [InlineData("cagrad")]
    public void Backward_OwnParameters_GetTheirPlainWeightedGradient(string method)
    {
        using LinearTasks tasks = new(Pair, [2, 3]);
        using IBalancer balancer = Balancers.Create(method, tasks.Options(1, 10));

        balancer.Backward(tasks.Step());

        LinearTasks.AssertClose([2, 30], tasks.OwnGradients());
    }

    [Fact]
    public void Backward_GradientThatOverflowed_StaysVisible()
    {
        using LinearTasks tasks = new([[double.PositiveInfinity, 0], [0, 1]]);
        using IBalancer balancer = Balancers.Create("pcgrad", tasks.Options());

        balancer.Backward(tasks.Step());

        Assert.Contains(tasks.SharedGradient(), value => !double.IsFinite(value));
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static double[] Combined(double[][] g, double[] w) => [.. g[0].Select((_, k) => g.Select((own, i) => w[i] * own[k]).Sum())];

    private static IEnumerable<double[]> Grid() =>
        from i in Enumerable.Range(0, 41)
        from j in Enumerable.Range(0, 41 - i)
        select (double[])[i / 40.0, j / 40.0, (40 - i - j) / 40.0];
}
