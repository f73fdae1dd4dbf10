using DiTask.Model.Diagnosis;
using DiTask.Model.Diagnosis.Probes;
using TorchSharp;
using static TorchSharp.torch;

namespace DiTask.Model.Tests.Diagnosis;

public sealed class RidgeRegressionTests
{
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

    [Fact]
    public void Fit_FeatureThatIsNotANumber_IsRefused() =>
        Assert.Contains("depth", Assert.Throws<DiagnosisException>(() => Fit(1, [1, double.NaN, 2, 5], rows: 2, row => row[0])).Message, StringComparison.Ordinal);

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
