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

        public static Tensor vector_norm(Tensor input, double ord = 2d, long[]? dims = null, bool keepdim = false) =>
            Tensor.From(Native.dt_linalg_vector_norm(input.Handle, ord, dims, dims?.Length ?? 0, keepdim ? 1 : 0, out NewTensor result), result);

        public static Tensor svdvals(Tensor input) => Tensor.From(Native.dt_linalg_svdvals(input.Handle, out NewTensor result), result);
    }
}
