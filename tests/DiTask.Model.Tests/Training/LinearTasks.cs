using DiTask.Model.Training.Balancing;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DiTask.Model.Tests.Training;

/// <summary>
/// Tasks whose losses and gradients are given: L_i = g_i . shared + value_i own_i, at shared = 0 and own = 1. What a method leaves as gradient of
/// <c>shared</c> is its step, and of <c>own_i</c> its weight of task i times value_i.
/// </summary>
internal sealed class LinearTasks : IDisposable
{
    public static readonly string[] Names = ["depth", "normals", "semseg", "sal"];

    private readonly DisposeScope scope = NewDisposeScope();
    private readonly double[][] gradients;
    private readonly double[] values;

    public LinearTasks(double[][] gradients, double[]? values = null)
    {
        this.gradients = gradients;
        this.values = values ?? [.. gradients.Select(_ => 1.0)];
        Shared = new Parameter(zeros(gradients[0].Length, float64));
        Own = [.. gradients.Select(_ => new Parameter(ones(1, float64)))];
    }

    public Parameter Shared { get; }

    public Parameter[] Own { get; }

    public string[] Tasks => Names[..gradients.Length];

    /// <summary>Losses alone: the shared parameter has no part in them.</summary>
    public static LinearTasks OfLosses(params double[] values) => new([.. values.Select(_ => new double[] { 0 })], values);

    public BalancingOptions Options(params double[] weights) => new()
    {
        Tasks = Tasks,
        Weights = Tasks.Zip(weights).ToDictionary(pair => pair.First, pair => pair.Second),
    };

    public BalancingStep Step(long step = 0, double scale = 1) => StepWith(values, step, scale);

    public BalancingStep StepWith(double[] changed, long step = 0, double scale = 1)
    {
        Dictionary<string, Tensor> losses = [];
        for (int i = 0; i < gradients.Length; i++)
        {
            losses[Tasks[i]] = (tensor(gradients[i]) * Shared).sum() + (Own[i] * changed[i]).sum();
        }

        return new BalancingStep(losses, [Shared], [Shared], step, Epoch: 0) { Scale = scale };
    }

    public double[] SharedGradient() => Values(Shared.grad);

    public double[] OwnGradients() => [.. Own.SelectMany(own => Values(own.grad))];

    public void ClearGradients()
    {
        foreach (Parameter parameter in Own.Append(Shared))
        {
            parameter.grad = null;
        }
    }

    public static double[] Values(Tensor? gradient) => gradient is null ? [] : gradient.to(float64).data<double>().ToArray();

    public static void AssertClose(double[] expected, IEnumerable<double> actual, double tolerance = 1e-6)
    {
        double[] found = [.. actual];
        Assert.True(
            expected.Length == found.Length && expected.Zip(found).All(pair => Math.Abs(pair.First - pair.Second) <= tolerance),
            $"Expected {string.Join(", ", expected)}; found {string.Join(", ", found)}.");
    }

    public void Dispose() => scope.Dispose();
}
