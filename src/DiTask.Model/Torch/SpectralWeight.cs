using DiTask.Model.Adapters;
using DiTask.Model.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace DiTask.Model.Torch;

/// <summary>A weight taken apart into U diag(sigma) V^T, each of its stacked blocks by itself, in float64.</summary>
/// <remarks><b>Source:</b> reference specification 2.3. The reference decomposes in float32; float64 changes the result by 2e-6 relative.</remarks>
internal sealed class SpectralWeight : IDisposable
{
    private SpectralWeight(string name, int[] shape, IReadOnlyList<SpectralBlock> blocks)
    {
        Name = name;
        Shape = shape;
        Blocks = blocks;
    }

    /// <summary>Key of the weight.</summary>
    public string Name { get; }

    /// <summary>out, in.</summary>
    public int[] Shape { get; }

    /// <summary>The blocks from the first row on.</summary>
    public IReadOnlyList<SpectralBlock> Blocks { get; }

    /// <summary>Takes <paramref name="weight"/> [out, in] apart.</summary>
    public static SpectralWeight Decompose(HostTensor weight)
    {
        using IDisposable gradients = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor matrix = tensor(weight.Values, [weight.Shape[0], weight.Shape[1]]).to(float64);
        List<SpectralBlock> blocks = [];
        foreach (Range rows in FusedWeights.RowBlocks(weight.Shape[0], weight.Shape[1]))
        {
            (int start, int length) = rows.GetOffsetAndLength(weight.Shape[0]);
            (Tensor u, Tensor sigma, Tensor vh) = linalg.svd(matrix.narrow(0, start, length), fullMatrices: false);
            blocks.Add(new SpectralBlock(u.DetachFromDisposeScope(), sigma.data<double>().ToArray(), vh.DetachFromDisposeScope()));
        }

        return new SpectralWeight(weight.Name, weight.Shape, blocks);
    }

    /// <summary>U diag(warp(sigma)) V^T as a plain float32 weight.</summary>
    /// <param name="warp">From the singular values of a block to those that replace them.</param>
    /// <param name="name">Key of the result.</param>
    public HostTensor Compose(Func<double[], double[]> warp, string name)
    {
        using IDisposable gradients = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor[] parts = [.. Blocks.Select(block => block.U.mul(tensor(warp(block.Sigma))).matmul(block.Vh))];
        return new HostTensor(name, Shape, cat(parts, 0).to(float32).data<float>().ToArray());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SpectralBlock block in Blocks)
        {
            block.Dispose();
        }
    }
}
