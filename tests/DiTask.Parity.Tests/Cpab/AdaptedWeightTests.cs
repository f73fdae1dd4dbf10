using DiTask.Model.Adapters;
using DiTask.Model.Cpab;
using MathNet.Numerics.LinearAlgebra;

namespace DiTask.Parity.Tests.Cpab;

/// <summary>Vectors V5 and V6 of the reference specification, section 12: a whole weight, by a decomposition that is not ours.</summary>
public sealed class AdaptedWeightTests
{
    // Theta is stored in float32.
    private static readonly double[] Shared = [0.3f, -0.5f, 0.8f];
    private static readonly double[] Task = [-1, 0.4f, 0.2f];

    private static readonly double[,] SingleBlock = { { 2, 0, 1 }, { 0, 3, 0 }, { 1, 0, 1 }, { 0, 1, 2 } };

    [Fact]
    public void Warp_V5SharedTheta_GivesTheWeight() => Close(
        [
            1.9859310, .0107020, .9875035,
            .0111160, 2.9915445, .0098734,
            .9908025, .0069965, .9918303,
            -.0049479, 1.0037643, 1.9956051,
        ],
        Adapt(SingleBlock, Shared));

    [Fact]
    public void Warp_V5TaskTheta_GivesTheWeight() => Close(
        [
            1.8726677, .0968605, .8868999,
            .1006088, 2.9234681, .0893633,
            .9167545, .0633241, .9260589,
            -.0447816, 1.0340654, 1.9602238,
        ],
        Adapt(SingleBlock, Task));

    [Fact]
    public void Warp_V6ThreeStackedBlocks_WarpsEachByItself() => Close(
        [
            1.9594584, 0, .9749436,
            0, 3, 0,
            .9749440, 0, .9845144,
            1.0136577, 1.9998435, 2.9909384,
            4.0005007, 4.9999938, 5.9996676,
            6.9962883, 8.0000429, 10.0024624,
            1, 0, 0,
            0, .4937360, 0,
            0, 0, .25,
        ],
        Adapt(
            new double[,] { { 2, 0, 1 }, { 0, 3, 0 }, { 1, 0, 1 }, { 1, 2, 3 }, { 4, 5, 6 }, { 7, 8, 10 }, { 1, 0, 0 }, { 0, .5, 0 }, { 0, 0, .25 } },
            Shared));

    [Fact]
    public void Warp_ThetaZero_GivesTheWeightBack() =>
        Close([.. SingleBlock.Cast<double>()], Adapt(SingleBlock, new double[3]));

    private static double[] Adapt(double[,] weight, double[] theta)
    {
        Matrix<double> whole = Matrix<double>.Build.DenseOfArray(weight);
        return [.. FusedWeights.RowBlocks(whole.RowCount, whole.ColumnCount).SelectMany(rows =>
        {
            (int first, int count) = rows.GetOffsetAndLength(whole.RowCount);
            var svd = whole.SubMatrix(first, count, 0, whole.ColumnCount).Svd();
            double[] warped = new double[svd.S.Count];
            new IndexWarp().Apply(svd.S.ToArray(), theta, warped);
            int rank = warped.Length;
            Matrix<double> adapted = svd.U.SubMatrix(0, count, 0, rank) * Matrix<double>.Build.DiagonalOfDiagonalArray(warped) * svd.VT.SubMatrix(0, rank, 0, whole.ColumnCount);
            return adapted.ToRowMajorArray();
        })];
    }

    private static void Close(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double worst = expected.Zip(actual).Max(pair => Math.Abs(pair.First - pair.Second));
        Assert.True(worst <= CpabTolerances.WeightSingle, $"Differs by up to {worst:E2}, allowed are {CpabTolerances.WeightSingle:E2}.");
    }
}
