using TorchSharp.Raw;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor avg_pool2d(
                Tensor input, long[] kernel_size, long[]? stride = null, long[]? padding = null, bool ceil_mode = false, bool count_include_pad = true)
            {
                stride ??= kernel_size;
                padding ??= [0];
                int status = Native.dt_avg_pool2d(
                    input.Handle, kernel_size, kernel_size.Length, stride, stride.Length, padding, padding.Length, ceil_mode ? 1 : 0, count_include_pad ? 1 : 0, out NewTensor result);
                return Tensor.From(status, result);
            }

            public static Tensor avg_pool2d(
                Tensor input, long kernel_size, long? stride = null, long padding = 0, bool ceil_mode = false, bool count_include_pad = true) =>
                avg_pool2d(input, [kernel_size], [stride ?? kernel_size], [padding], ceil_mode, count_include_pad);

            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                Tensor.From(Native.dt_dropout(input.Handle, p, training ? 1 : 0, inplace ? 1 : 0, out NewTensor result), result);

            public static Tensor normalize(Tensor input, double p = 2.0, long dim = 1L, double eps = 1e-12) =>
                Tensor.From(Native.dt_normalize(input.Handle, p, dim, eps, out NewTensor result), result);

            public static Tensor sigmoid(Tensor x) => x.sigmoid();

            public static Tensor tanh(Tensor x) => x.tanh();
        }
    }
}
