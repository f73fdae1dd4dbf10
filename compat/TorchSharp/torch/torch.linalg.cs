using TorchSharp.Raw;

namespace TorchSharp;

public static partial class torch
{
    public static partial class linalg
    {
        public static (Tensor U, Tensor S, Tensor Vh) svd(Tensor input, bool fullMatrices = true)
        {
            Native.Check(Native.dt_linalg_svd(input.Handle, fullMatrices ? 1 : 0, out NewTensor u, out NewTensor s, out NewTensor vh));
            return (new Tensor(u), new Tensor(s), new Tensor(vh));
        }

        public static Tensor solve(Tensor A, Tensor B, bool left = true) =>
            Tensor.From(Native.dt_linalg_solve(A.Handle, B.Handle, left ? 1 : 0, out NewTensor result), result);
    }
}
