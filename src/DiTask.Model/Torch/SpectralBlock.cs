using static TorchSharp.torch;

namespace DiTask.Model.Torch;

/// <summary>One decomposed matrix.</summary>
/// <param name="U">Left singular vectors [out, k], float64.</param>
/// <param name="Sigma">Singular values [k], descending.</param>
/// <param name="Vh">Right singular vectors, transposed [k, in], float64.</param>
internal sealed record SpectralBlock(Tensor U, double[] Sigma, Tensor Vh) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        U.Dispose();
        Vh.Dispose();
    }
}
