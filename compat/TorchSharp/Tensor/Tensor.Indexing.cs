using TorchSharp.Raw;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor select(long dim, long index) => From(Native.dt_select(Handle, dim, index, out NewTensor result), result);

        public Tensor index_select(long dim, Tensor index) =>
            From(Native.dt_index_select(Handle, dim, index.Handle, out NewTensor result), result);

        public Tensor masked_select(Tensor mask) => From(Native.dt_masked_select(Handle, mask.Handle, out NewTensor result), result);

        public Tensor where(Tensor condition, Tensor y)
        {
            if (condition.dtype != ScalarType.Bool)
            {
                throw new ArgumentException($"Expected a condition of booleans, got {condition.dtype}.", nameof(condition));
            }

            return From(Native.dt_where(condition.Handle, Handle, y.Handle, out NewTensor result), result);
        }
    }
}
