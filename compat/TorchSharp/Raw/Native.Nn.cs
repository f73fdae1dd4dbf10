using System.Runtime.InteropServices;

namespace TorchSharp.Raw;

/// <summary>nn.cpp and loss.cpp.</summary>
internal static partial class Native
{
    // nn.cpp
    [LibraryImport(Lib)] internal static partial int dt_linear(TensorHandle x, TensorHandle weight, TensorHandle bias, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_conv2d(TensorHandle x, TensorHandle weight, TensorHandle bias, ReadOnlySpan<long> strides, long strideCount, ReadOnlySpan<long> padding, long paddingCount, ReadOnlySpan<long> dilation, long dilationCount, long groups, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_layer_norm(TensorHandle x, ReadOnlySpan<long> normalizedShape, long dimensions, TensorHandle weight, TensorHandle bias, double eps, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_batch_norm(TensorHandle x, TensorHandle mean, TensorHandle variance, TensorHandle weight, TensorHandle bias, int training, double momentum, double eps, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_avg_pool2d(TensorHandle x, ReadOnlySpan<long> kernel, long kernelCount, ReadOnlySpan<long> strides, long strideCount, ReadOnlySpan<long> padding, long paddingCount, int ceilMode, int countIncludePad, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_dropout(TensorHandle x, double p, int training, int inplace, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_normalize(TensorHandle x, double p, long axis, double eps, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_upsample_nearest2d(TensorHandle x, ReadOnlySpan<long> size, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_upsample_bilinear2d(TensorHandle x, ReadOnlySpan<long> size, int alignCorners, out NewTensor result);

    // loss.cpp
    [LibraryImport(Lib)] internal static partial int dt_cross_entropy(TensorHandle x, TensorHandle target, TensorHandle weight, long ignoreIndex, long reduction, double labelSmoothing, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_binary_cross_entropy_with_logits(TensorHandle x, TensorHandle target, TensorHandle weight, TensorHandle positiveWeight, long reduction, out NewTensor result);
}
