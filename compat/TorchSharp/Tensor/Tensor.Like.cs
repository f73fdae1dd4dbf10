using TorchSharp.Raw;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor zeros_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            full_like(0, dtype, device, requires_grad);

        public Tensor ones_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            full_like(1, dtype, device, requires_grad);

        public Tensor full_like(Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            From(Native.dt_full_like(Handle, value.Value, new TensorOptions(Info, dtype, device, requires_grad), out NewTensor result), result);
    }
}
