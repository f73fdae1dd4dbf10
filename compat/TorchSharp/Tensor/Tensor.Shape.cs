using TorchSharp.Raw;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor reshape(params long[] shape) => From(Native.dt_reshape(Handle, shape, shape.Length, out NewTensor result), result);

        public Tensor view(params long[] shape) => From(Native.dt_view(Handle, shape, shape.Length, out NewTensor result), result);

        public Tensor expand(params long[] sizes) => From(Native.dt_expand(Handle, sizes, sizes.Length, out NewTensor result), result);

        public Tensor repeat(params long[] sizes) => From(Native.dt_repeat(Handle, sizes, sizes.Length, out NewTensor result), result);

        public Tensor permute(params long[] permutation) =>
            From(Native.dt_permute(Handle, permutation, permutation.Length, out NewTensor result), result);

        public Tensor flip(params long[] dims) => From(Native.dt_flip(Handle, dims, dims.Length, out NewTensor result), result);

        public Tensor roll(long shifts, long? dims = null) => dims is null ? roll([shifts], []) : roll([shifts], [dims.Value]);

        public Tensor roll(long[] shifts, long[] dims) => roll((ReadOnlySpan<long>)shifts, dims);

        public Tensor roll(ReadOnlySpan<long> shifts, ReadOnlySpan<long> dims = default) =>
            From(Native.dt_roll(Handle, shifts, shifts.Length, dims, dims.Length, out NewTensor result), result);

        public Tensor transpose(long dim0, long dim1) => From(Native.dt_transpose(Handle, dim0, dim1, out NewTensor result), result);

        public Tensor t() => Dimensions <= 2 ? transpose(0, -1) : throw new ArgumentException($"t() needs at most 2 dimensions, the tensor has {Dimensions}.");

        public Tensor flatten(long start_dim = 0, long end_dim = -1) =>
            From(Native.dt_flatten(Handle, start_dim, end_dim, out NewTensor result), result);

        public Tensor unsqueeze(long dim) => From(Native.dt_unsqueeze(Handle, dim, out NewTensor result), result);

        public Tensor squeeze(long? dim = null) => dim is null
            ? From(Native.dt_squeeze(Handle, out NewTensor all), all)
            : From(Native.dt_squeeze_axis(Handle, dim.Value, out NewTensor one), one);

        public Tensor narrow(long dim, long start, long length) =>
            From(Native.dt_narrow(Handle, dim, start, length, out NewTensor result), result);

        public Tensor slice(long dim, long start, long finish, long step) =>
            From(Native.dt_slice(Handle, dim, start, finish, step, out NewTensor result), result);

        public Tensor[] split(long size, int dim = 0)
        {
            if (size <= 0)
            {
                throw new ArgumentOutOfRangeException(nameof(size), size, "Expected a positive size.");
            }

            long total = this.size(dim);
            Tensor[] parts = new Tensor[Math.Max(1, (total + size - 1) / size)];
            for (int i = 0; i < parts.Length; i++)
            {
                parts[i] = narrow(dim, i * size, Math.Min(size, total - (i * size)));
            }

            return parts;
        }

        public Tensor diag(long diagonal = 0) => From(Native.dt_diag(Handle, diagonal, out NewTensor result), result);
    }
}
