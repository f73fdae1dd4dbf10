using DiTask.Model.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace DiTask.Model.Torch;

/// <summary>
/// A linear layer that keeps its adapter: x V diag(sigma') U^T + b, block by block. The weight that folding writes is never
/// formed, which is what makes this layer a check of it.
/// </summary>
internal sealed class SpectralLinear : ILinear<Tensor>, IDisposable
{
    private readonly (Tensor ScaledV, Tensor Ut)[] blocks;
    private readonly Tensor? bias;

    /// <param name="weight">The weight taken apart.</param>
    /// <param name="warp">From the singular values of a block to those that replace them.</param>
    /// <param name="bias">[out], or null.</param>
    public SpectralLinear(SpectralWeight weight, Func<double[], double[]> warp, Tensor? bias)
    {
        using DisposeScope scope = NewDisposeScope();
        blocks = [.. weight.Blocks.Select(block => (
            block.Vh.transpose(0, 1).mul(tensor(warp(block.Sigma))).to(float32).DetachFromDisposeScope(),
            block.U.transpose(0, 1).to(float32).contiguous().DetachFromDisposeScope()))];
        this.bias = bias;
    }

    public Tensor Forward(Tensor x)
    {
        Tensor y = cat([.. blocks.Select(block => x.matmul(block.ScaledV).matmul(block.Ut))], -1);
        return bias is null ? y : y.add(bias);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((Tensor scaledV, Tensor ut) in blocks)
        {
            scaledV.Dispose();
            ut.Dispose();
        }
    }
}
