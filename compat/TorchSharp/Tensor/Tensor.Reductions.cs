using TorchSharp.Raw;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor sum(ScalarType? type = null) => From(Native.dt_sum(Handle, Type(type), out NewTensor result), result);

        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => sum([dim], keepdim, type);

        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => sum((ReadOnlySpan<long>)dim, keepdim, type);

        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) =>
            From(Native.dt_sum_axes(Handle, dim, dim.Length, keepdim ? 1 : 0, Type(type), out NewTensor result), result);

        public Tensor mean() => From(Native.dt_mean(Handle, out NewTensor result), result);

        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) =>
            From(Native.dt_mean_axes(Handle, dimensions, dimensions.Length, keepdim ? 1 : 0, Type(type), out NewTensor result), result);

        public Tensor max() => From(Native.dt_max(Handle, out NewTensor result), result);

        public Tensor max(Tensor other) => maximum(other);

        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false)
        {
            Native.Check(Native.dt_max_axis(Handle, dim, keepdim ? 1 : 0, out NewTensor values, out NewTensor indices));
            return (new Tensor(values), new Tensor(indices));
        }

        public Tensor min() => From(Native.dt_min(Handle, out NewTensor result), result);

        public Tensor min(Tensor other) => minimum(other);

        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false)
        {
            Native.Check(Native.dt_min_axis(Handle, dim, keepdim ? 1 : 0, out NewTensor values, out NewTensor indices));
            return (new Tensor(values), new Tensor(indices));
        }

        public Tensor all() => From(Native.dt_all(Handle, out NewTensor result), result);

        public Tensor all(long dim, bool keepdim = false) =>
            From(Native.dt_all_axis(Handle, dim, keepdim ? 1 : 0, out NewTensor result), result);

        public Tensor any() => From(Native.dt_any(Handle, out NewTensor result), result);

        public Tensor any(long dim, bool keepdim = false) =>
            From(Native.dt_any_axis(Handle, dim, keepdim ? 1 : 0, out NewTensor result), result);

        public Tensor var(bool unbiased = true) => From(Native.dt_var(Handle, unbiased ? 1 : 0, out NewTensor result), result);

        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false) =>
            From(Native.dt_var_axes(Handle, dimensions, dimensions.Length, unbiased ? 1 : 0, keepdim ? 1 : 0, out NewTensor result), result);

        public Tensor var(long dim, bool unbiased = true, bool keepdim = false) => var([dim], unbiased, keepdim);

        public Tensor norm(float p = 2.0f) => From(Native.dt_norm(Handle, p, out NewTensor result), result);

        public Tensor norm(int dim, bool keepdim = false, float p = 2.0f) =>
            From(Native.dt_norm_axis(Handle, dim, keepdim ? 1 : 0, p, out NewTensor result), result);
    }
}
