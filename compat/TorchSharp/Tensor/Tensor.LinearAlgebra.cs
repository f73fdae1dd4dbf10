using TorchSharp.Raw;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor matmul(Tensor target) => From(Native.dt_matmul(Handle, target.Handle, out NewTensor result), result);

        public Tensor mm(Tensor target) => From(Native.dt_mm(Handle, target.Handle, out NewTensor result), result);

        public Tensor dot(Tensor target) => From(Native.dt_dot(Handle, target.Handle, out NewTensor result), result);

        public Tensor outer(Tensor vec2) => From(Native.dt_outer(Handle, vec2.Handle, out NewTensor result), result);
    }
}
