using System.Runtime.InteropServices;
using DiTask.Model.Checkpoints;
using DiTask.Model.Layers;
using TorchSharp;

namespace DiTask.Model.Torch;

/// <summary>Computes a forward pass with libtorch: the oracle of fold, and later the network that is trained.</summary>
/// <remarks>
/// Parameters and index lists are uploaded once and live until <see cref="Dispose"/>, whatever dispose scope is open when they
/// are first asked for. Results belong to the caller's scope. Not for several threads at once.
/// </remarks>
internal sealed class TorchOps(torch.ScalarType dtype = torch.ScalarType.Float32) : ITensorOps<torch.Tensor>, IDisposable
{
    private const double Epsilon = 1e-5;

    private readonly Dictionary<string, torch.Tensor> constants = [];
    private readonly Dictionary<int[], torch.Tensor> indexLists = new(new IndexListComparer());

    public torch.Tensor Constant(HostTensor values)
    {
        if (!constants.TryGetValue(values.Name, out torch.Tensor? constant))
        {
            constant = torch.tensor(values.Values, Longs(values.Shape), dtype).DetachFromDisposeScope();
            constants.Add(values.Name, constant);
        }

        return constant;
    }

    public torch.Tensor Linear(torch.Tensor x, torch.Tensor weight, torch.Tensor? bias) => torch.nn.functional.linear(x, weight, bias);

    public torch.Tensor Conv2d(torch.Tensor x, torch.Tensor weight, torch.Tensor? bias, int stride) =>
        torch.nn.functional.conv2d(x, weight, bias, strides: [stride, stride]);

    public torch.Tensor LayerNorm(torch.Tensor x, torch.Tensor gamma, torch.Tensor beta) =>
        torch.nn.functional.layer_norm(x, gamma.shape, gamma, beta, Epsilon);

    public torch.Tensor BatchNorm(torch.Tensor x, torch.Tensor gamma, torch.Tensor beta, torch.Tensor mean, torch.Tensor variance) =>
        torch.nn.functional.batch_norm(x, mean, variance, gamma, beta, training: false, eps: Epsilon);

    public torch.Tensor Gelu(torch.Tensor x) => torch.nn.functional.gelu(x);

    public torch.Tensor Relu(torch.Tensor x) => torch.nn.functional.relu(x);

    public torch.Tensor Softmax(torch.Tensor x) => torch.nn.functional.softmax(x, -1);

    public torch.Tensor MatMul(torch.Tensor a, torch.Tensor b) => torch.matmul(a, b);

    public torch.Tensor Add(torch.Tensor a, torch.Tensor b) => a.add(b);

    public torch.Tensor Scale(torch.Tensor x, float factor) => x.mul(factor);

    public torch.Tensor Reshape(torch.Tensor x, params int[] shape) => x.reshape(Longs(shape));

    public torch.Tensor Transpose(torch.Tensor x, params int[] axes) => x.permute(Longs(axes));

    public torch.Tensor Gather(torch.Tensor x, int axis, int[] indices)
    {
        if (!indexLists.TryGetValue(indices, out torch.Tensor? index))
        {
            index = torch.tensor(Longs(indices)).DetachFromDisposeScope();

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
