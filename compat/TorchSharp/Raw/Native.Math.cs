using System.Runtime.InteropServices;

namespace TorchSharp.Raw;

/// <summary>math.cpp and linalg.cpp.</summary>
internal static partial class Native
{
    // math.cpp
    [LibraryImport(Lib)] internal static partial int dt_neg(TensorHandle x, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_abs(TensorHandle x, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_sign(TensorHandle x, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_exp(TensorHandle x, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_log(TensorHandle x, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_log1p(TensorHandle x, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_sqrt(TensorHandle x, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_rsqrt(TensorHandle x, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_reciprocal(TensorHandle x, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_sin(TensorHandle x, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_cos(TensorHandle x, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_floor(TensorHandle x, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_round(TensorHandle x, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_tanh(TensorHandle x, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_sigmoid(TensorHandle x, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_relu(TensorHandle x, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_gelu(TensorHandle x, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_isfinite(TensorHandle x, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_maximum(TensorHandle a, TensorHandle b, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_minimum(TensorHandle a, TensorHandle b, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_masked_select(TensorHandle a, TensorHandle b, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_matmul(TensorHandle a, TensorHandle b, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_mm(TensorHandle a, TensorHandle b, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_dot(TensorHandle a, TensorHandle b, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_outer(TensorHandle a, TensorHandle b, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_sub(TensorHandle a, TensorHandle b, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_sub_scalar(TensorHandle a, in ScalarValue b, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_mul(TensorHandle a, TensorHandle b, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_mul_scalar(TensorHandle a, in ScalarValue b, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_div(TensorHandle a, TensorHandle b, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_div_scalar(TensorHandle a, in ScalarValue b, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_pow(TensorHandle a, TensorHandle b, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_pow_scalar(TensorHandle a, in ScalarValue b, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_eq(TensorHandle a, TensorHandle b, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_eq_scalar(TensorHandle a, in ScalarValue b, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_ne(TensorHandle a, TensorHandle b, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_ne_scalar(TensorHandle a, in ScalarValue b, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_lt(TensorHandle a, TensorHandle b, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_lt_scalar(TensorHandle a, in ScalarValue b, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_le(TensorHandle a, TensorHandle b, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_le_scalar(TensorHandle a, in ScalarValue b, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_gt(TensorHandle a, TensorHandle b, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_gt_scalar(TensorHandle a, in ScalarValue b, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_ge(TensorHandle a, TensorHandle b, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_ge_scalar(TensorHandle a, in ScalarValue b, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_sub_(TensorHandle a, TensorHandle b);
    [LibraryImport(Lib)] internal static partial int dt_sub_scalar_(TensorHandle a, in ScalarValue b);
    [LibraryImport(Lib)] internal static partial int dt_mul_(TensorHandle a, TensorHandle b);
    [LibraryImport(Lib)] internal static partial int dt_mul_scalar_(TensorHandle a, in ScalarValue b);
    [LibraryImport(Lib)] internal static partial int dt_add(TensorHandle a, TensorHandle b, in ScalarValue alpha, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_add_scalar(TensorHandle a, in ScalarValue b, in ScalarValue alpha, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_add_(TensorHandle a, TensorHandle b, in ScalarValue alpha);
    [LibraryImport(Lib)] internal static partial int dt_add_scalar_(TensorHandle a, in ScalarValue b, in ScalarValue alpha);
    [LibraryImport(Lib)] internal static partial int dt_addcmul_(TensorHandle x, TensorHandle a, TensorHandle b, in ScalarValue value);
    [LibraryImport(Lib)] internal static partial int dt_addcdiv_(TensorHandle x, TensorHandle a, TensorHandle b, in ScalarValue value);
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
    [LibraryImport(Lib)] internal static partial int dt_all_axis(TensorHandle x, long axis, int keep, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_any(TensorHandle x, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_any_axis(TensorHandle x, long axis, int keep, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_var(TensorHandle x, int unbiased, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_var_axes(TensorHandle x, ReadOnlySpan<long> axes, long count, int unbiased, int keep, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_norm(TensorHandle x, double p, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_norm_axis(TensorHandle x, long axis, int keep, double p, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_softmax(TensorHandle x, long axis, int dtype, out NewTensor result);

    // linalg.cpp
    [LibraryImport(Lib)] internal static partial int dt_linalg_svd(TensorHandle x, int fullMatrices, out NewTensor u, out NewTensor s, out NewTensor vh);
    [LibraryImport(Lib)] internal static partial int dt_linalg_solve(TensorHandle a, TensorHandle b, int left, out NewTensor result);
}
