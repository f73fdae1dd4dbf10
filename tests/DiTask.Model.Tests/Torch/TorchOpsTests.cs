using DiTask.Model.Checkpoints;
using DiTask.Model.Torch;
using TorchSharp;

namespace DiTask.Model.Tests.Torch;

public sealed class TorchOpsTests : IDisposable
{
    private const float Tolerance = 1e-6f;

    private readonly DisposeScope scope = torch.NewDisposeScope();
    private readonly TorchOps ops = new();

    public void Dispose()
    {
        ops.Dispose();
        scope.Dispose();
    }

    [Fact]
    public void Constant_SameName_IsUploadedOnceAndOutlivesTheScope()
    {
        HostTensor values = new("w", [2], [1, 2]);

        torch.Tensor first;
        using (torch.NewDisposeScope())
        {
            first = ops.Constant(values);
        }

        Assert.Same(first, ops.Constant(values));
        Equal([2], [1, 2], first);
    }

    [Fact]
    public void Constant_DoublePrecision_IsFloat64()
    {
        using TorchOps precise = new(torch.ScalarType.Float64);

        Assert.Equal(torch.ScalarType.Float64, precise.Constant(new HostTensor("w", [1], [0.5f])).dtype);
    }

    [Fact]
    public void Dispose_FreesConstantsAndIndexLists()
    {
        TorchOps own = new();
        torch.Tensor constant = own.Constant(new HostTensor("w", [2], [1, 2]));
        own.Gather(constant, 0, [1]);

        own.Dispose();

        Assert.True(constant.IsInvalid);
    }

    /// <summary>torch's own convolution is wrong for such channels on some processors, forward and backward.</summary>
    [Theory]
    [InlineData(64, 64, 1)]
    [InlineData(100, 36, 1)]
    [InlineData(270, 270, 1)]
    [InlineData(360, 21, 1)]
    [InlineData(3, 18, 4)]
    [InlineData(3, 96, 2)]
    public void Conv2d_AnyChannels_IsTheConvolutionInDoublePrecision(int channels, int outputs, int kernel)
    {
        torch.Tensor x = torch.randn(2, 28, 28, channels);
        torch.Tensor weight = torch.randn(outputs, channels, kernel, kernel).div(MathF.Sqrt(channels * kernel * kernel));
        torch.Tensor bias = torch.randn(outputs);

        torch.Tensor[] expected = Gradients(torch.float64, (x, w, b) => torch.nn.functional.conv2d(x, w, b, strides: [kernel, kernel]));
        torch.Tensor[] actual = Gradients(torch.float32, (x, w, b) => ops.Conv2d(x, w, b, kernel));

        Assert.All(expected.Zip(actual), pair =>
            Assert.True(pair.Second.sub(pair.First).abs().max().item<double>() <= 1e-5 * (1 + pair.First.abs().max().item<double>())));

        // Output, and the gradients of its square's mean in x, weight and bias. Tokens turned into an image: channels last in memory.
        torch.Tensor[] Gradients(torch.ScalarType type, Func<torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor> convolve)
        {
            torch.Tensor[] leaves = [.. new[] { x, weight, bias }.Select(leaf => leaf.to(type, copy: true).requires_grad_())];
            torch.Tensor y = convolve(leaves[0].permute(0, 3, 1, 2), leaves[1], leaves[2]);
            y.mul(y).mean().backward();
            return [y.detach(), .. leaves.Select(leaf => leaf.grad!)];
        }
    }

    [Fact]
    public void Conv2d_OverlappingKernel_IsRefused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => ops.Conv2d(T([1, 1, 3, 3], 0, 1, 2, 3, 4, 5, 6, 7, 8), T([1, 1, 2, 2], 1, 1, 1, 1), null, 1));

        Assert.Contains("found 2x2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Linear_WithAndWithoutBias()
    {
        torch.Tensor x = T([1, 1, 2], 1, 2);
        torch.Tensor weight = T([3, 2], 1, 10, 2, 20, 3, 30);

        Equal([1, 1, 3], [21, 42, 63], ops.Linear(x, weight, null));
        Equal([1, 1, 3], [22, 42, 62], ops.Linear(x, weight, T([3], 1, 0, -1)));
    }

    [Fact]
    public void Conv2d_KernelIsStride_CutsPatches()
    {
        torch.Tensor x = T([1, 1, 2, 4], 0, 1, 2, 3, 4, 5, 6, 7);

        Equal([1, 1, 1, 2], [11, 19], ops.Conv2d(x, T([1, 1, 2, 2], 1, 1, 1, 1), T([1], 1), 2));
    }

    [Fact]
    public void LayerNorm_NormalisesTheLastAxis()
    {
        torch.Tensor x = T([2, 2], 0, 2, 5, 1);
        float unit1 = 1 / MathF.Sqrt(1 + 1e-5f);
        float unit2 = 2 / MathF.Sqrt(4 + 1e-5f);

        Equal([2, 2], [-2 * unit1, 1 + unit1, 2 * unit2, 1 - unit2], ops.LayerNorm(x, T([2], 2, 1), T([2], 0, 1)));
    }

    [Fact]
    public void BatchNorm_UsesStoredStatisticsOfAxisOne()
    {
        torch.Tensor x = T([1, 2, 1, 1], 3, 5);
        float[] expected = [1 + (2 * 2 / MathF.Sqrt(4 + 1e-5f)), 3 * -5 / MathF.Sqrt(25 + 1e-5f)];

        Equal([1, 2, 1, 1], expected, ops.BatchNorm(x, T([2], 2, 3), T([2], 1, 0), T([2], 1, 10), T([2], 4, 25)));
    }

    [Fact]
    public void Activations_MatchTheirFormulas()
    {
        float sum = MathF.Exp(0) + MathF.Exp(1);

        Equal([2], [0.841344746f, -0.158655254f], ops.Gelu(T([2], 1, -1)));
        Equal([2], [1, 0], ops.Relu(T([2], 1, -1)));
        Equal([1, 2], [1 / sum, MathF.Exp(1) / sum], ops.Softmax(T([1, 2], 1, 2)));
    }

    [Fact]
    public void MatMul_BroadcastsLeadingAxes() =>
        Equal([2, 1, 1], [11, 25], ops.MatMul(T([2, 1, 2], 1, 2, 3, 4), T([2, 1], 3, 4)));

    [Fact]
    public void AddAndScale_Elementwise()
    {
        Equal([2, 2], [11, 22, 13, 24], ops.Add(T([2, 2], 1, 2, 3, 4), T([2], 10, 20)));
        Equal([2], [0.5f, -1], ops.Scale(T([2], 1, -2), 0.5f));
    }

    [Fact]
    public void ReshapeAndTranspose_MoveAxes()
    {
        torch.Tensor x = ops.Reshape(T([6], 0, 1, 2, 3, 4, 5), 1, -1, 3);

        Equal([1, 2, 3], [0, 1, 2, 3, 4, 5], x);
        Equal([3, 1, 2], [0, 3, 1, 4, 2, 5], ops.Transpose(x, 2, 0, 1));
    }

    [Fact]
    public void Gather_ListChangedAfterwards_StillPicksByValue()
    {
        torch.Tensor x = T([2, 3], 0, 1, 2, 3, 4, 5);
        int[] indices = [2, 0, 2];

        Equal([2, 3], [2, 0, 2, 5, 3, 5], ops.Gather(x, 1, indices));
        indices[0] = 1;
        Equal([2, 3], [1, 0, 2, 4, 3, 5], ops.Gather(x, 1, indices));
        Equal([2, 3], [2, 0, 2, 5, 3, 5], ops.Gather(x, 1, [2, 0, 2]));
        Equal([1, 3], [3, 4, 5], ops.Gather(x, 0, [1]));
    }

    [Fact]
    public void ConcatAndSlice_AlongAnAxis()
    {
        torch.Tensor x = ops.Concat(1, T([2, 1], 1, 2), T([2, 2], 3, 4, 5, 6));

        Equal([2, 3], [1, 3, 4, 2, 5, 6], x);
        Equal([2, 2], [3, 4, 5, 6], ops.Slice(x, 1, 1, 2));
    }

    [Fact]
    public void ResizeBilinear_SamplesAtPixelCentres() =>
        Equal([1, 1, 2, 4], [0, 0.25f, 0.75f, 1, 0, 0.25f, 0.75f, 1], ops.ResizeBilinear(T([1, 1, 1, 2], 0, 1), 2, 4));

    private static torch.Tensor T(long[] shape, params float[] values) => torch.tensor(values, shape);

    private static void Equal(long[] shape, float[] expected, torch.Tensor actual)
    {
        Assert.Equal(shape, actual.shape);
        Assert.Equal(expected, actual.data<float>().ToArray(), (a, b) => Math.Abs(a - b) < Tolerance);
    }
}
