using TorchSharp.Raw;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor empty_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            From(Native.dt_empty_like(Handle, new TensorOptions(Info, dtype, device, requires_grad), out NewTensor result), result);

        public Tensor zeros_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            full_like(0, dtype, device, requires_grad);

        public Tensor ones_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            full_like(1, dtype, device, requires_grad);

        public Tensor full_like(Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            From(Native.dt_full_like(Handle, value.Value, new TensorOptions(Info, dtype, device, requires_grad), out NewTensor result), result);

        public Tensor rand_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            From(Native.dt_rand_like(Handle, new TensorOptions(Info, dtype, device, requires_grad), out NewTensor result), result);

        public Tensor randn_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            From(Native.dt_randn_like(Handle, new TensorOptions(Info, dtype, device, requires_grad), out NewTensor result), result);

        public Tensor bernoulli(Generator? generator = null) =>
            From(Native.dt_bernoulli(Handle, Generator.Optional(generator), out NewTensor result), result);
    }
}
