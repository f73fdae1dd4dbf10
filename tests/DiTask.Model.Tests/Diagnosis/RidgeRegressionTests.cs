using DiTask.Model.Diagnosis;
using DiTask.Model.Diagnosis.Probes;
using TorchSharp;
using static TorchSharp.torch;

namespace DiTask.Model.Tests.Diagnosis;

public sealed class RidgeRegressionTests
{
    [Fact]
    public void Solve_KnownSystem_HasTheKnownSolution()
    {
        double[] solution = Cholesky.Solve([4, 2, 0, 2, 5, 1, 0, 1, 3], [8, 4, 15, 2, 11, 0], columns: 2);

        // A x for x = (1, 2, 3) and (1, 0, 0).
        Assert.All(solution.Zip([1.0, 1, 2, 0, 3, 0]), pair => Assert.Equal(pair.Second, pair.First, 12));
    }

    [Fact]
    public void Solve_LargerThanAVectorRegister_LeavesNoResidual()
    {
        const int n = 37;
        Random random = new(1);
        double[] root = [.. Enumerable.Range(0, n * n).Select(_ => random.NextDouble() - 0.5)];
        double[] matrix = [.. from i in Enumerable.Range(0, n) from j in Enumerable.Range(0, n) select Enumerable.Range(0, n).Sum(k => root[(i * n) + k] * root[(j * n) + k]) + (i == j ? 0.1 : 0)];
        double[] right = [.. Enumerable.Range(0, n).Select(_ => random.NextDouble())];

        double[] x = Cholesky.Solve([.. matrix], right, columns: 1);

        Assert.All(Enumerable.Range(0, n), row => Assert.Equal(right[row], Enumerable.Range(0, n).Sum(k => matrix[(row * n) + k] * x[k]), 10));
    }

    [Fact]
    public void Solve_NotPositiveDefinite_IsRefused() =>
        Assert.Contains("row 1", Assert.Throws<ArgumentException>(() => Cholesky.Solve([1, 2, 2, 1], [1, 1], columns: 1)).Message, StringComparison.Ordinal);

    [Fact]
    public void Fit_LinearRelationNearlyWithoutPenalty_IsFound()
    {
        using LinearMap map = Fit(1e-9, [1, 2, 5, 3, 1, 5, 0, 4, 5, 7, 7, 5], rows: 4, row => (2 * row[0]) - row[1] + 3);

        // The third input never changes and gets no weight. Its row would have no solution without a speck of a penalty.
        Assert.All(map.Weight.data<double>().ToArray().Zip([2.0, -1, 0]), pair => Assert.Equal(pair.Second, pair.First, 6));
        Assert.Equal(3, map.Bias.data<double>().ToArray()[0], 6);
    }

    [Fact]
    public void Fit_OneInput_IsShrunkByThePenalty()
    {
        using LinearMap map = Fit(1, [1, 3, 5], rows: 3, row => 4 * row[0]);

        Assert.Equal(2, map.Weight.data<double>().ToArray()[0], 12);
        Assert.Equal(6, map.Bias.data<double>().ToArray()[0], 12);
    }

    [Fact]
    public void Fit_NoRows_IsRefused()
    {
        using RidgeRegression regression = new(1);

        Assert.Throws<DiagnosisException>(() => regression.Fit("depth"));
    }

    // Row by row, as pictures come.
    private static LinearMap Fit(double penalty, double[] inputs, int rows, Func<double[], double> output)
    {
        using DisposeScope scope = NewDisposeScope();
        using RidgeRegression regression = new(penalty);
        foreach (double[] row in inputs.Chunk(inputs.Length / rows))
        {
            regression.Add(tensor(row, [1, row.Length], float64), tensor(new[] { output(row) }, [1, 1], float64));
        }

        return regression.Fit("depth");
    }
}
