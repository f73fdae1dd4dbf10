using DiTask.Model.Training.Balancing;

namespace DiTask.Model.Tests.Training.Balancing;

public sealed class PearsonMatrixTests
{
    private static readonly HashSet<string> None = [];

    [Fact]
    public void Of_ClosedCases()
    {
        PearsonMatrix matrix = Of(None, [1, 2, 3, 4], [2, 4, 5, 9], [4, 3, 2, 1]);

        Assert.Equal(0.964764, matrix.Values[0][1], 1e-6);
        Assert.Equal(-1, matrix.Values[0][2], 1e-12);
        Assert.Equal(matrix.Values[0][1], matrix.Values[1][0]);
        Assert.Equal(1, matrix.Values[1][1]);
        Assert.Equal(4, matrix.Counts[0][2]);
    }

    [Fact]
    public void Of_ConstantScore_IsZeroWithAWarning()
    {
        PearsonMatrix matrix = Of(None, [1, 2, 3], [0.7, 0.7, 0.7]);

        Assert.Equal(0, matrix.Values[0][1]);
        Assert.Contains(matrix.Warnings, warning => warning.Contains("does not vary", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_Errors_AreTurnedSoThatLargerIsBetter()
    {
        double[][] scores = [[1, 2, 3, 4], [4, 3, 2, 1], [8, 6, 4, 2]];

        PearsonMatrix matrix = Of(["normals", "semseg"], scores);

        Assert.Equal(1, matrix.Values[0][1], 1e-12);
        Assert.Equal(1, matrix.Values[1][2], 1e-12);
    }

    [Fact]
    public void Of_PicturesWithoutAScore_AreLeftOutOfTheirPairsOnly()
    {
        PearsonMatrix matrix = Of(None, [1, 2, double.NaN, 3, 4], [2, 4, 7, 5, 9], [1, 1, 2, 3, 5]);

        Assert.Equal(0.964764, matrix.Values[0][1], 1e-6);
        Assert.Equal(4, matrix.Counts[0][1]);
        Assert.Equal(5, matrix.Counts[1][2]);
    }

    [Fact]
    public void Of_FewPictures_Warns()
    {
        Assert.Single(Of(None, Enumerable.Range(0, 99).Select(i => (double)i).ToArray(), Wave(99)).Warnings);
        Assert.Empty(Of(None, Enumerable.Range(0, 100).Select(i => (double)i).ToArray(), Wave(100)).Warnings);

        static double[] Wave(int count) => [.. Enumerable.Range(0, count).Select(i => Math.Sin(i))];
    }

    [Fact]
    public void Interval_ContainsTheValueAndNarrowsWithCount()
    {
        PearsonMatrix matrix = Of(None, [1, 2, 3, 4, 5, 6], [2, 1, 4, 3, 6, 5]);

        (double low, double high) = matrix.Interval(0, 1);

        // r = .828571; z = 1.184 +- 1.96/sqrt(3).
        double z = Math.Atanh(matrix.Values[0][1]);
        Assert.Equal(0.828571, matrix.Values[0][1], 1e-6);
        Assert.Equal(Math.Tanh(z - (1.96 / Math.Sqrt(3))), low, 1e-4);
        Assert.Equal(Math.Tanh(z + (1.96 / Math.Sqrt(3))), high, 1e-4);
        Assert.Equal((-1, 1), Of(None, [1, 2, 3], [3, 1, 2]).Interval(0, 1));
    }

    [Fact]
    public void Of_DifferentNumbersOfPictures_IsAnError() => Assert.Throws<ArgumentException>(() => Of(None, [1, 2], [1, 2, 3]));

    private static PearsonMatrix Of(HashSet<string> lowerIsBetter, params double[][] scores) =>
        PearsonMatrix.Of(LinearTasks.Names.Zip(scores).ToDictionary(pair => pair.First, pair => pair.Second), lowerIsBetter);
}
