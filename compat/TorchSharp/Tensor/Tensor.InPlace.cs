using TorchSharp.Raw;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor add_(Tensor target) => Changed(Native.dt_add_(Handle, target.Handle, One));

        public Tensor add_(Tensor target, Scalar alpha) => Changed(Native.dt_add_(Handle, target.Handle, alpha.Value));

        public Tensor add_(Scalar scalar) => Changed(Native.dt_add_scalar_(Handle, scalar.Value, One));

        public Tensor add_(Scalar scalar, Scalar alpha) => Changed(Native.dt_add_scalar_(Handle, scalar.Value, alpha.Value));

        public Tensor sub_(Tensor target) => Changed(Native.dt_sub_(Handle, target.Handle));

        public Tensor sub_(Scalar target) => Changed(Native.dt_sub_scalar_(Handle, target.Value));

        public Tensor mul_(Tensor target) => Changed(Native.dt_mul_(Handle, target.Handle));

        public Tensor mul_(Scalar target) => Changed(Native.dt_mul_scalar_(Handle, target.Value));

        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Changed(Native.dt_addcmul_(Handle, tensor1.Handle, tensor2.Handle, value.Value));

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2) => addcdiv_(tensor1, tensor2, 1);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Changed(Native.dt_addcdiv_(Handle, tensor1.Handle, tensor2.Handle, value.Value));
    }
}
