using System.Runtime.InteropServices;
using DiTask.Model.Checkpoints;
using DiTask.Model.Layers;
using TorchSharp;

namespace DiTask.Model.Torch;

/// <summary>Computes a forward pass with libtorch: the oracle of fold, and the network that is trained.</summary>
/// <remarks>
/// Parameters and index lists are uploaded once and live until <see cref="Dispose"/>, whatever dispose scope is open when they
/// are first asked for. Results belong to the caller's scope. Not for several threads at once.
/// </remarks>
/// <param name="dtype">Type of the constants.</param>
/// <param name="device">Where they lie; null for the CPU.</param>
internal sealed class TorchOps(torch.ScalarType dtype = torch.ScalarType.Float32, torch.Device? device = null) : ITensorOps<torch.Tensor>, IDisposable
{
    private const double Epsilon = 1e-5;
    private const double BatchNormMomentum = 0.1;

    private readonly torch.Device device = device ?? torch.CPU;

    private readonly Dictionary<string, torch.Tensor> constants = [];
    private readonly Dictionary<int[], torch.Tensor> indexLists = new(new IndexListComparer());

    /// <summary>How a training step differs from inference; null for inference.</summary>
    public TrainingMode? Training { get; set; }

    public torch.Tensor Constant(HostTensor values)
    {
        if (!constants.TryGetValue(values.Name, out torch.Tensor? constant))
        {
            constant = torch.tensor(values.Values, Longs(values.Shape), dtype, device).DetachFromDisposeScope();
            constants.Add(values.Name, constant);
        }

        return constant;
    }

    public torch.Tensor Linear(torch.Tensor x, torch.Tensor weight, torch.Tensor? bias) => Product(torch.nn.functional.linear(Factor(x), Factor(weight), bias is null ? null : Factor(bias)));

    // A product of patches, not torch's convolution: oneDNN of libtorch 2.10 gives wrong values and NaN on some AVX-512 processors, forward and
    // backward, where channels are not a multiple of 16 (docs/numerics.md).
    public torch.Tensor Conv2d(torch.Tensor x, torch.Tensor weight, torch.Tensor? bias, int stride)
    {
        long side = weight.shape[2];
        if (side != stride || side != weight.shape[3])
        {
            throw new ArgumentException($"Expected a square kernel as wide as the stride {stride}; found {side}x{weight.shape[3]}.", nameof(weight));
        }

        (long channels, long rows, long columns) = (x.shape[1], x.shape[2] / side, x.shape[3] / side);
        torch.Tensor patches = side == 1
            ? x.permute(0, 2, 3, 1)                                                                                 // [B, H, W, in]
            : x.narrow(2, 0, rows * side).narrow(3, 0, columns * side)
                .reshape(-1, channels, rows, side, columns, side)
                .permute(0, 2, 4, 1, 3, 5)
                .reshape(-1, rows, columns, channels * side * side);                                                // [B, H/k, W/k, in*k*k]
        return Linear(patches, weight.reshape(weight.shape[0], -1), bias).permute(0, 3, 1, 2);                      // [B, out, H/k, W/k]
    }

    public torch.Tensor LayerNorm(torch.Tensor x, torch.Tensor gamma, torch.Tensor beta) =>
        torch.nn.functional.layer_norm(x, gamma.shape, gamma, beta, Epsilon);

    public torch.Tensor BatchNorm(torch.Tensor x, torch.Tensor gamma, torch.Tensor beta, torch.Tensor mean, torch.Tensor variance) =>
        torch.nn.functional.batch_norm(x, mean, variance, gamma, beta, training: Training is not null, momentum: BatchNormMomentum, eps: Epsilon);

    public torch.Tensor Gelu(torch.Tensor x) => torch.nn.functional.gelu(x);

    public torch.Tensor Relu(torch.Tensor x) => torch.nn.functional.relu(x);

    public torch.Tensor Softmax(torch.Tensor x) => torch.nn.functional.softmax(x, -1);

    public torch.Tensor MatMul(torch.Tensor a, torch.Tensor b) => Product(torch.matmul(Factor(a), Factor(b)));

    public torch.Tensor Add(torch.Tensor a, torch.Tensor b) => a.add(b);

    public torch.Tensor Residual(torch.Tensor x, torch.Tensor branch, double depth)
    {
        double keep = 1 - (depth * (Training?.DropPath ?? 0));
        if (keep == 1)
        {
            return x.add(branch);
        }

        torch.Tensor kept = torch.rand(x.shape[0], 1, 1, device: device).lt(keep).to(branch.dtype).div(keep);       // [B, 1, 1]
        return x.add(branch.mul(kept));
    }

    public torch.Tensor Scale(torch.Tensor x, float factor) => x.mul(factor);

    public torch.Tensor Reshape(torch.Tensor x, params int[] shape) => x.reshape(Longs(shape));

    public torch.Tensor Transpose(torch.Tensor x, params int[] axes) => x.permute(Longs(axes));

    public torch.Tensor Gather(torch.Tensor x, int axis, int[] indices)
    {
        if (!indexLists.TryGetValue(indices, out torch.Tensor? index))
        {
            index = torch.tensor(Longs(indices), device: device).DetachFromDisposeScope();

            // A copy is the key: a caller that changes its array later must not change the list of somebody else.
            indexLists.Add([.. indices], index);
        }

        return x.index_select(axis, index);
    }

    public torch.Tensor Concat(int axis, params torch.Tensor[] parts) => torch.cat(parts, axis);

    public torch.Tensor Slice(torch.Tensor x, int axis, int start, int length) => x.narrow(axis, start, length);

    public torch.Tensor ResizeBilinear(torch.Tensor x, int height, int width) =>
        torch.nn.functional.interpolate(x, size: [height, width], mode: torch.InterpolationMode.Bilinear, align_corners: false);

    public torch.Tensor Scoped(Func<torch.Tensor> body)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        return scope.MoveToOuter(body());
    }

    public void Dispose()
    {
        foreach (torch.Tensor kept in constants.Values.Concat(indexLists.Values))
        {
            kept.Dispose();
        }

        constants.Clear();
        indexLists.Clear();
    }

    // Products are where the time goes and where rounding is harmless; sums, norms and softmax stay in float32.
    private torch.Tensor Factor(torch.Tensor x) => Training is { Products: { } type } ? x.to(type) : x;

    private torch.Tensor Product(torch.Tensor x) => Training is { Products: not null } ? x.to(dtype) : x;

    private static long[] Longs(int[] values) => Array.ConvertAll(values, value => (long)value);

    private sealed class IndexListComparer : IEqualityComparer<int[]>
    {
        public bool Equals(int[]? a, int[]? b) => a.AsSpan().SequenceEqual(b);

        public int GetHashCode(int[] list)
        {
            HashCode hash = default;
            hash.AddBytes(MemoryMarshal.AsBytes(list.AsSpan()));
            return hash.ToHashCode();
        }
    }
}
