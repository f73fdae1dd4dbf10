using System.Runtime.InteropServices;

namespace TorchSharp.Raw;

/// <summary>math.cpp, linalg.cpp and nn.cpp.</summary>
internal static unsafe partial class Native
{
    // math.cpp
    [LibraryImport(Lib)] internal static partial int dt_neg(TensorHandle x, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_abs(TensorHandle x, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_exp(TensorHandle x, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_log(TensorHandle x, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_sqrt(TensorHandle x, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_rsqrt(TensorHandle x, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_reciprocal(TensorHandle x, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_erf(TensorHandle x, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_floor(TensorHandle x, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_tanh(TensorHandle x, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_sigmoid(TensorHandle x, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_relu(TensorHandle x, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_gelu(TensorHandle x, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_isfinite(TensorHandle x, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_add(TensorHandle a, TensorHandle b, in ScalarValue alpha, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_add_scalar(TensorHandle a, in ScalarValue b, in ScalarValue alpha, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_sub(TensorHandle a, TensorHandle b, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_sub_scalar(TensorHandle a, in ScalarValue b, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_mul(TensorHandle a, TensorHandle b, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_mul_scalar(TensorHandle a, in ScalarValue b, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_div(TensorHandle a, TensorHandle b, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_div_scalar(TensorHandle a, in ScalarValue b, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_pow(TensorHandle a, TensorHandle b, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_pow_scalar(TensorHandle a, in ScalarValue b, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_maximum(TensorHandle a, TensorHandle b, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_minimum(TensorHandle a, TensorHandle b, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_clamp(TensorHandle x, in ScalarValue min, in ScalarValue max, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_sum(TensorHandle x, int dtype, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_sum_axes(TensorHandle x, ReadOnlySpan<long> axes, long count, int keep, int dtype, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_mean(TensorHandle x, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_mean_axes(TensorHandle x, ReadOnlySpan<long> axes, long count, int keep, int dtype, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_max(TensorHandle x, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_min(TensorHandle x, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_max_axis(TensorHandle x, long axis, int keep, out NewTensor values, out NewTensor indices);
    [LibraryImport(Lib)] internal static partial int dt_min_axis(TensorHandle x, long axis, int keep, out NewTensor values, out NewTensor indices);
    [LibraryImport(Lib)] internal static partial int dt_all(TensorHandle x, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_argmax(TensorHandle x, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_argmax_axis(TensorHandle x, long axis, int keep, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_searchsorted(TensorHandle sorted, TensorHandle values, int outInt32, int right, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_softmax(TensorHandle x, long axis, int dtype, out NewTensor result);

    // linalg.cpp
    [LibraryImport(Lib)] internal static partial int dt_matmul(TensorHandle a, TensorHandle b, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_linalg_svd(TensorHandle x, int fullMatrices, out NewTensor u, out NewTensor s, out NewTensor vh);
    [LibraryImport(Lib)] internal static partial int dt_linalg_svdvals(TensorHandle x, out NewTensor result);

    // nn.cpp
    [LibraryImport(Lib)] internal static partial int dt_linear(TensorHandle x, TensorHandle weight, TensorHandle bias, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_conv2d(TensorHandle x, TensorHandle weight, TensorHandle bias, ReadOnlySpan<long> strides, long strideCount, ReadOnlySpan<long> padding, long paddingCount, ReadOnlySpan<long> dilation, long dilationCount, long groups, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_layer_norm(TensorHandle x, ReadOnlySpan<long> normalizedShape, long dimensions, TensorHandle weight, TensorHandle bias, double eps, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_batch_norm(TensorHandle x, TensorHandle mean, TensorHandle variance, TensorHandle weight, TensorHandle bias, int training, double momentum, double eps, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_upsample_nearest2d(TensorHandle x, ReadOnlySpan<long> size, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_upsample_bilinear2d(TensorHandle x, ReadOnlySpan<long> size, int alignCorners, out NewTensor result);
}
