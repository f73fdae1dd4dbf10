using DiTask.Model.Training.Balancing;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DiTask.Model.Tests.Training.Balancing;

public sealed class UncertaintyBalancerTests
{
    [Fact]
    public void Backward_AtZero_ClosedCase()
    {
        using LinearTasks tasks = LinearTasks.OfLosses(2, 0.5);
        using IBalancer balancer = Balancers.Create("uncertainty", tasks.Options() with { InitialLogVariance = 0 });

        LinearTasks.AssertClose([0.5, 0.5], balancer.Backward(tasks.Step()).Values);

        LinearTasks.AssertClose([-0.5, 0.25], Gradient(balancer));
        LinearTasks.AssertClose([1, 0.25], tasks.OwnGradients());
        Descend(balancer, 0.1);
        LinearTasks.AssertClose([0.05, -0.025], S(balancer));
    }

    [Fact]
    public void Backward_SimplifiedAtTheUsualStart_ClosedCase()
    {
        using LinearTasks tasks = LinearTasks.OfLosses(2, 0.5);
        using IBalancer balancer = Balancers.Create("uncertainty", tasks.Options() with { UncertaintyForm = UncertaintyForm.Simplified });

        LinearTasks.AssertClose([0.824361, 0.824361], balancer.Backward(tasks.Step()).Values);

        // Weighted losses plus s/2 each: the total of the specification.
        Assert.Equal(1.560901, tasks.OwnGradients().Sum() + S(balancer).Sum(s => s / 2), 1e-6);
    }

    [Fact]
    public void Descend_FixedLosses_EndsAtTheLogarithmOfTheLoss()
    {
        using LinearTasks tasks = LinearTasks.OfLosses(2, 0.5);
        using IBalancer balancer = Balancers.Create("uncertainty", tasks.Options());

        Train(balancer, tasks);

        LinearTasks.AssertClose([0.693147, -0.693147], S(balancer), 1e-5);
        Assert.Equal(1, tasks.OwnGradients().Sum() + S(balancer).Sum(s => s / 2), 1e-5);
    }

    [Fact]
    public void Descend_Classification_EndsAtTheLogarithmOfTwiceTheLoss()
    {
        using LinearTasks tasks = LinearTasks.OfLosses(2, 0.5, 2, 0.5);
        using IBalancer balancer = Balancers.Create("uncertainty", tasks.Options());

        Train(balancer, tasks);

        // depth and normals are regression, semseg and sal classification.
        LinearTasks.AssertClose([Math.Log(2), Math.Log(0.5), Math.Log(4), 0], S(balancer), 1e-5);
    }

    [Fact]
    public void Backward_Positive_ClosedCase()
    {
        using LinearTasks tasks = LinearTasks.OfLosses(2, 0.5);
        using IBalancer balancer = Balancers.Create("uncertainty_positive", tasks.Options() with { InitialLogVariance = 0 });

        balancer.Backward(tasks.Step());

        // d/ds of ln(1 + e^s) is 1/2 at 0.
        LinearTasks.AssertClose([-0.5, 0.25], Gradient(balancer));
        Assert.Equal(2.636294, tasks.OwnGradients().Sum() + S(balancer).Sum(s => Math.Log(1 + Math.Exp(s))), 1e-6);
    }

    [Fact]
    public void Backward_TaskWithoutLabels_LeavesItsVarianceAlone()
    {
        using LinearTasks tasks = LinearTasks.OfLosses(2, 0);
        using IBalancer balancer = Balancers.Create("uncertainty", tasks.Options());

        balancer.Backward(tasks.Step());

        Assert.Equal(0, Gradient(balancer)[1]);
    }

    [Fact]
    public void Backward_VarianceBeyondTheLimit_ComesBack()
    {
        using LinearTasks tasks = LinearTasks.OfLosses(2, 0.5);
        using IBalancer balancer = Balancers.Create("uncertainty", tasks.Options());
        balancer.Restore(new Dictionary<string, double[]> { ["log_variance"] = [50, -50] });

        balancer.Backward(tasks.Step());

        LinearTasks.AssertClose([10, -10], S(balancer));
        Assert.True(Gradient(balancer)[0] > 0, "s = 10 is too large for a loss of 2.");
        Assert.True(Gradient(balancer)[1] < 0, "s = -10 is too small for a loss of 0.5.");
    }

    private static void Train(IBalancer balancer, LinearTasks tasks)
    {
        for (int step = 0; step < 150; step++)
        {
            tasks.ClearGradients();
            balancer.Parameters[0].grad = null;
            balancer.Backward(tasks.Step(step));
            Descend(balancer, 0.3);
        }

        tasks.ClearGradients();
        balancer.Backward(tasks.Step(150));
    }

    private static void Descend(IBalancer balancer, double rate)
    {
        using IDisposable gradients = no_grad();
        Parameter s = balancer.Parameters[0];
        s.copy_(s - (s.grad! * rate));
    }

    private static double[] Gradient(IBalancer balancer) => LinearTasks.Values(balancer.Parameters[0].grad);

    private static double[] S(IBalancer balancer) => balancer.Save()["log_variance"];
}
