using TorchSharp.Raw;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor matmul(Tensor target) => From(Native.dt_matmul(Handle, target.Handle, out NewTensor result), result);
    }
}
