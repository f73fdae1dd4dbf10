using System.Runtime.InteropServices;

namespace TorchSharp.Raw;

/// <summary>tensor.cpp, creation.cpp and shape.cpp.</summary>
internal static unsafe partial class Native
{
    // tensor.cpp
    [LibraryImport(Lib)] internal static partial void dt_free(nint x);
    [LibraryImport(Lib)] internal static partial int dt_get_info(TensorHandle x, out TensorInfo info);
    [LibraryImport(Lib)] internal static partial int dt_sizes(TensorHandle x, Span<long> sizes);
    [LibraryImport(Lib)] internal static partial int dt_strides(TensorHandle x, Span<long> strides);
    [LibraryImport(Lib)] internal static partial int dt_data(TensorHandle x, out nint data);
    [LibraryImport(Lib)] internal static partial int dt_set_requires_grad(TensorHandle x, int requiresGrad);
    [LibraryImport(Lib)] internal static partial int dt_alias(TensorHandle x, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_detach(TensorHandle x, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_clone(TensorHandle x, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_contiguous(TensorHandle x, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_to(TensorHandle x, int dtype, int deviceType, int deviceIndex, int copy, int nonBlocking, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_copy_(TensorHandle x, TensorHandle source, int nonBlocking);
    [LibraryImport(Lib)] internal static partial int dt_fill_(TensorHandle x, in ScalarValue value);
    [LibraryImport(Lib)] internal static partial int dt_equal(TensorHandle a, TensorHandle b, out int result);
    [LibraryImport(Lib)] internal static partial int dt_allclose(TensorHandle a, TensorHandle b, double rtol, double atol, int equalNan, out int result);

    // creation.cpp
    [LibraryImport(Lib)] internal static partial int dt_from_data(void* data, long elements, int dataDtype, ReadOnlySpan<long> sizes, long dimensions, in TensorOptions options, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_empty(ReadOnlySpan<long> sizes, long dimensions, in TensorOptions options, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_full(ReadOnlySpan<long> sizes, long dimensions, in ScalarValue value, in TensorOptions options, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_arange(in ScalarValue start, in ScalarValue stop, in ScalarValue step, in TensorOptions options, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_linspace(double start, double end, long steps, in TensorOptions options, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_eye(long rows, long columns, in TensorOptions options, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_full_like(TensorHandle x, in ScalarValue value, in TensorOptions options, out NewTensor result);

    // shape.cpp
    [LibraryImport(Lib)] internal static partial int dt_reshape(TensorHandle x, ReadOnlySpan<long> sizes, long dimensions, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_view(TensorHandle x, ReadOnlySpan<long> sizes, long dimensions, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_expand(TensorHandle x, ReadOnlySpan<long> sizes, long dimensions, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_repeat(TensorHandle x, ReadOnlySpan<long> repeats, long dimensions, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_permute(TensorHandle x, ReadOnlySpan<long> axes, long dimensions, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_flip(TensorHandle x, ReadOnlySpan<long> axes, long count, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_roll(TensorHandle x, ReadOnlySpan<long> shifts, long shiftCount, ReadOnlySpan<long> axes, long axisCount, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_transpose(TensorHandle x, long axis0, long axis1, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_flatten(TensorHandle x, long startAxis, long endAxis, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_unsqueeze(TensorHandle x, long axis, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_squeeze(TensorHandle x, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_squeeze_axis(TensorHandle x, long axis, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_narrow(TensorHandle x, long axis, long start, long length, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_slice(TensorHandle x, long axis, long start, long end, long step, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_select(TensorHandle x, long axis, long index, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_index_select(TensorHandle x, long axis, TensorHandle index, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_cat(ReadOnlySpan<nint> parts, long count, long axis, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_stack(ReadOnlySpan<nint> parts, long count, long axis, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_diag(TensorHandle x, long diagonal, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_where(TensorHandle condition, TensorHandle a, TensorHandle b, out NewTensor result);
}
