using TorchSharp;
using static TorchSharp.torch;

namespace Compat.Tests.TorchSharp;

public class LinearAlgebraTests
{
    private const double Tolerance = 1e-12;

    [Theory]
    [InlineData(96, 96)]
    [InlineData(48, 12)]
    [InlineData(12, 48)]
    public void Svd_Reduced_Reconstructs(int rows, int columns)
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(1);
        Tensor w = randn(rows, columns, dtype: float64);
        int rank = Math.Min(rows, columns);

        (Tensor u, Tensor s, Tensor vh) = linalg.svd(w, fullMatrices: false);

        Assert.Equal([rows, rank], u.shape);
        Assert.Equal([rank, columns], vh.shape);
        Assert.True((matmul(u * s, vh) - w).abs().max().item<double>() < Tolerance * rank);
        Assert.True((matmul(u.transpose(0, 1), u) - eye(rank, dtype: float64)).abs().max().item<double>() < Tolerance);
        double[] sigma = s.data<double>().ToArray();
        Assert.Equal(sigma.OrderDescending(), sigma);
        Assert.True((linalg.svdvals(w) - s).abs().max().item<double>() < Tolerance * rank);
    }

    [Fact]
    public void Svd_FullMatrices_AreSquare()
    {
        using DisposeScope scope = NewDisposeScope();

        (Tensor u, Tensor s, Tensor vh) = linalg.svd(tensor([3.0, 0, 0, 0, -4, 0], [2, 3]));

        Assert.Equal([2, 2], u.shape);
        Assert.Equal([3, 3], vh.shape);
        Assert.Equal([4, 3], s.data<double>().ToArray(), (a, b) => Math.Abs(a - b) < Tolerance);
    }
}
