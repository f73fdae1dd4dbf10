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
        Tensor w = rand(rows, columns, dtype: float64);
        int rank = Math.Min(rows, columns);

        (Tensor u, Tensor s, Tensor vh) = linalg.svd(w, fullMatrices: false);

        Assert.Equal([rows, rank], u.shape);
        Assert.Equal([rank, columns], vh.shape);
        Assert.True((matmul(u * s, vh) - w).abs().max().item<double>() < Tolerance * rank);
        Assert.True((matmul(u.transpose(0, 1), u) - eye(rank, dtype: float64)).abs().max().item<double>() < Tolerance);
        double[] sigma = s.data<double>().ToArray();
        Assert.Equal(sigma.OrderDescending(), sigma);
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

    [Fact]
    public void Solve_FromEitherSide_LeavesNoResidual()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor a = tensor([4.0, 2, 0, 2, 5, 1, 0, 1, 3], [3, 3]), b = tensor([8.0, 4, 15, 2, 11, 0], [3, 2]);

        // a x for x = (1, 2, 3) and (1, 0, 0); x a for the same rows, a being symmetric.
        Assert.Equal([1, 1, 2, 0, 3, 0], linalg.solve(a, b).data<double>().ToArray(), (x, y) => Math.Abs(x - y) < Tolerance);
        Assert.Equal([1, 2, 3, 1, 0, 0], linalg.solve(a, b.transpose(0, 1), left: false).contiguous().data<double>().ToArray(), (x, y) => Math.Abs(x - y) < Tolerance);
    }

    [Fact]
    public void Solve_SingularMatrix_IsRefused() =>
        Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => linalg.solve(ones(2, 2), ones(2, 1)));
}
