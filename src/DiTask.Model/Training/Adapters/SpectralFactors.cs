using DiTask.Model.Torch;
using static TorchSharp.torch;

namespace DiTask.Model.Training.Adapters;

/// <summary>A frozen weight as U, sigma and V^T of each of its stacked blocks, taken apart once in float64 and kept in float32 on the device.</summary>
internal sealed class SpectralFactors : IDisposable
{
    private readonly Block[] blocks;

    /// <param name="weight">The weight taken apart; it can be disposed afterwards.</param>
    /// <param name="device">Where to keep the factors.</param>
    public SpectralFactors(SpectralWeight weight, Device device) => blocks = [.. weight.Blocks.Select(block => new Block(
        Keep(block.U, device), block.Sigma, tensor(block.Sigma, float32, device).DetachFromDisposeScope(), Keep(block.Vh, device)))];

    /// <summary>The blocks from the first row on.</summary>
    public IReadOnlyList<Block> Blocks => blocks;

    /// <summary>U diag(spectrum) V^T of each block, stacked: [out, in]. The only gradient is that of the spectra, u_i^T G v_i; no decomposition is differentiated.</summary>
    /// <param name="spectra">Singular values [k] of each block.</param>
    public Tensor Compose(IReadOnlyList<Tensor> spectra)
    {
        Tensor[] parts = [.. blocks.Select((block, index) => block.U.mul(spectra[index]).matmul(block.Vh))];
        return parts.Length == 1 ? parts[0] : cat(parts, 0);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Block block in blocks)
        {
            block.U.Dispose();
            block.SigmaTensor.Dispose();
            block.Vh.Dispose();
        }
    }

    private static Tensor Keep(Tensor factor, Device device) => factor.to(float32).to(device).DetachFromDisposeScope();

    /// <summary>One decomposed matrix.</summary>
    /// <param name="U">[out, k].</param>
    /// <param name="Sigma">[k], descending.</param>
    /// <param name="SigmaTensor">The same on the device.</param>
    /// <param name="Vh">[k, in].</param>
    internal sealed record Block(Tensor U, double[] Sigma, Tensor SigmaTensor, Tensor Vh);
}
