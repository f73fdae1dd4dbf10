using TorchSharp.Raw;

namespace TorchSharp;

/// <summary>Functions that join or search tensors, and the functional spelling of methods.</summary>
public static partial class torch
{
    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => cat((ReadOnlySpan<Tensor>)tensors.ToArray(), dim);

    public static Tensor cat(Tensor[] tensors, long dim = 0) => cat((ReadOnlySpan<Tensor>)tensors, dim);

    public static Tensor cat(ReadOnlySpan<Tensor> tensors, long dim = 0)
    {
        using HandleList list = new(tensors);
        return Tensor.From(Native.dt_cat(list.Pointers, tensors.Length, dim, out NewTensor result), result);
    }

    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0)
    {
        using HandleList list = new(tensors.ToArray());
        return Tensor.From(Native.dt_stack(list.Pointers, list.Pointers.Length, dim, out NewTensor result), result);
    }

    public static Tensor matmul(Tensor input, Tensor target) => input.matmul(target);

    public static Tensor roll(Tensor input, long[] shifts, long[] dims) => input.roll(shifts, dims);

    public static Tensor index_select(Tensor input, long dim, Tensor index) => input.index_select(dim, index);

    public static Tensor narrow(Tensor input, long dim, long start, long length) => input.narrow(dim, start, length);

    public static Tensor diag(Tensor input, long diagonal = 0) => input.diag(diagonal);

    public static Tensor abs(Tensor input) => input.abs();

    public static Tensor exp(Tensor input) => input.exp();

    public static Tensor log(Tensor input) => input.log();

    public static Tensor sqrt(Tensor input) => input.sqrt();

    public static Tensor sum(Tensor input, ScalarType? type = null) => input.sum(type);

    public static Tensor mean(Tensor input) => input.mean();

    public static Tensor max(Tensor input) => input.max();

    public static Tensor min(Tensor input) => input.min();

    public static Tensor maximum(Tensor input, Tensor other) => input.maximum(other);

    public static Tensor minimum(Tensor input, Tensor other) => input.minimum(other);

    public static Tensor clamp(Tensor input, Scalar? min = null, Scalar? max = null) => input.clamp(min, max);

    public static Tensor softmax(Tensor input, int dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

    public static bool allclose(Tensor tensor, Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
        tensor.allclose(target, rtol, atol, equal_nan);

    public static Tensor mm(Tensor input, Tensor target) => input.mm(target);

    public static Tensor dot(Tensor input, Tensor other) => input.dot(other);

    public static Tensor outer(Tensor input, Tensor vec2) => input.outer(vec2);

    public static Tensor norm(Tensor input, float p = 2.0f) => input.norm(p);

    public static Tensor norm(Tensor input, int dimension, bool keepdim = false, float p = 2.0f) => input.norm(dimension, keepdim, p);

    public static Tensor where(Tensor condition, Tensor x, Tensor y) => x.where(condition, y);

    public static Tensor masked_select(Tensor input, Tensor mask) => input.masked_select(mask);

    public static Tensor pow(Tensor left, Scalar exponent) => left.pow(exponent);

    public static Tensor square(Tensor input) => input.square();

    public static Tensor rsqrt(Tensor input) => input.rsqrt();

    public static Tensor log1p(Tensor input) => input.log1p();

    public static Tensor sign(Tensor input) => input.sign();

    public static Tensor sin(Tensor input) => input.sin();

    public static Tensor cos(Tensor input) => input.cos();

    public static Tensor sigmoid(Tensor input) => input.sigmoid();

    public static Tensor tanh(Tensor input) => input.tanh();

    public static Tensor isfinite(Tensor tensor) => tensor.isfinite();

    public static Tensor any(Tensor input) => input.any();

    public static Tensor all(Tensor input) => input.all();

    public static Tensor zeros_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        input.zeros_like(dtype, device, requires_grad);

    public static Tensor ones_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        input.ones_like(dtype, device, requires_grad);

    public static Tensor full_like(Tensor input, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        input.full_like(value, dtype, device, requires_grad);
}
