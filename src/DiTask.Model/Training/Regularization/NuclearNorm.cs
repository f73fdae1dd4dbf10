using TorchSharp;
using static TorchSharp.torch;

namespace DiTask.Model.Training.Regularization;

/// <summary>lambda times the sum of singular values, which favours matrices of low rank.</summary>
/// <remarks><b>Source:</b> Argyriou, Evgeniou, Pontil 2008; Pong et al. 2010.</remarks>
/// <param name="strength">lambda; 1e-4 to 1e-2 is usual.</param>
internal sealed class NuclearNorm(double strength = 1e-3)
{
    private const double RelativeRank = 1e-6;

    /// <summary>The penalty of vectors stacked as columns: the tasks' thetas share few directions.</summary>
    /// <param name="vectors">One tensor per task, all of one size, whatever their shape.</param>
    public Tensor OfStack(IReadOnlyList<Tensor> vectors)
    {
        using DisposeScope scope = NewDisposeScope();
        return scope.MoveToOuter(OfMatrix(stack(vectors.Select(vector => vector.reshape(-1)), 1)));
    }

    /// <summary>The penalty of a matrix.</summary>
    /// <remarks>
    /// Not differentiated through its decomposition, which is ill-defined where singular values are equal: the inner product with the subgradient
    /// U V^T, held constant, has the norm as its value.
    /// </remarks>
    /// <param name="matrix">[rows, columns].</param>
    public Tensor OfMatrix(Tensor matrix)
    {
        using DisposeScope scope = NewDisposeScope();
        return scope.MoveToOuter((matrix * Subgradient(matrix)).sum() * strength);
    }

    /// <summary>The penalty of adapted weights, which costs no decomposition: their singular values are the warped spectra.</summary>
    /// <param name="spectra">sigma' of each weight.</param>
    public Tensor OfSpectra(IEnumerable<Tensor> spectra)
    {
        using DisposeScope scope = NewDisposeScope();
        return scope.MoveToOuter(spectra.Select(sigma => sigma.sum()).Aggregate((sum, term) => sum + term) * strength);
    }

    /// <summary>U V^T over the singular values that are not 0: one element of the norm's subgradient.</summary>
    public static Tensor Subgradient(Tensor matrix)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable gradients = no_grad();
        (Tensor u, Tensor sigma, Tensor vh) = linalg.svd(matrix.detach(), fullMatrices: false);
        Tensor kept = sigma.gt(sigma.max() * RelativeRank).to(matrix.dtype);
        return scope.MoveToOuter((u * kept).matmul(vh));
    }

    /// <summary>The matrix with every singular value less by <paramref name="threshold"/>, and 0 where it was smaller: the proximal step.</summary>
    public static Tensor Shrink(Tensor matrix, double threshold)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable gradients = no_grad();
        (Tensor u, Tensor sigma, Tensor vh) = linalg.svd(matrix.detach(), fullMatrices: false);
        return scope.MoveToOuter((u * (sigma - threshold).clamp(min: 0)).matmul(vh));
    }
}
