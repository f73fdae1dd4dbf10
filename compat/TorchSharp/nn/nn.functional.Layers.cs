using TorchSharp.Raw;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor conv_transpose2d(
                Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? output_padding = null, long[]? dilation = null, long groups = 1)
            {
                strides ??= [1, 1];
                padding ??= [0, 0];
                output_padding ??= [0, 0];
                dilation ??= [1, 1];
                int status = Native.dt_conv_transpose2d(
                    input.Handle, weight.Handle, Optional(bias), strides, strides.Length, padding, padding.Length, output_padding, output_padding.Length,
                    dilation, dilation.Length, groups, out NewTensor result);
                return Tensor.From(status, result);
            }

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

            public static Tensor max_pool2d(
                Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null, long[]? dilation = null, bool ceil_mode = false)
            {
                strides ??= kernel_size;
                padding ??= [0];
                dilation ??= [1];
                int status = Native.dt_max_pool2d(
                    input.Handle, kernel_size, kernel_size.Length, strides, strides.Length, padding, padding.Length, dilation, dilation.Length, ceil_mode ? 1 : 0, out NewTensor result);
                return Tensor.From(status, result);
            }

            public static Tensor max_pool2d(
                Tensor input, long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) =>
                max_pool2d(input, [kernel_size], [stride ?? kernel_size], [padding ?? 0], [dilation ?? 1], ceil_mode);

            public static Tensor adaptive_avg_pool2d(Tensor input, long[] output_size) =>
                Tensor.From(Native.dt_adaptive_avg_pool2d(input.Handle, output_size, output_size.Length, out NewTensor result), result);

            public static Tensor adaptive_avg_pool2d(Tensor input, long output_size) => adaptive_avg_pool2d(input, [output_size, output_size]);

            public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
            {
                string name = mode switch
                {
                    PaddingModes.Reflect => "reflect",
                    PaddingModes.Replicate => "replicate",
                    PaddingModes.Circular => "circular",
                    _ => "constant",
                };
                return Tensor.From(Native.dt_pad(input.Handle, pad, pad.Length, name, value, out NewTensor result), result);
            }

            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                Tensor.From(Native.dt_dropout(input.Handle, p, training ? 1 : 0, inplace ? 1 : 0, out NewTensor result), result);

            public static Tensor dropout2d(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                Tensor.From(Native.dt_dropout2d(input.Handle, p, training ? 1 : 0, inplace ? 1 : 0, out NewTensor result), result);

            public static Tensor normalize(Tensor input, double p = 2.0, long dim = 1L, double eps = 1e-12) =>
                Tensor.From(Native.dt_normalize(input.Handle, p, dim, eps, out NewTensor result), result);

            public static Tensor one_hot(Tensor x, long num_classes = -1) => x.dtype == ScalarType.Int64
                ? Tensor.From(Native.dt_one_hot(x.Handle, num_classes, out NewTensor result), result)
                : throw new ArgumentException($"Expected a tensor of Int64, got {x.dtype}.", nameof(x));

            public static Tensor log_softmax(Tensor x, long dim) => x.log_softmax(dim);

            public static Tensor softplus(Tensor x, double beta = 1, double threshold = 20) => x.softplus(beta, threshold);

            public static Tensor logsigmoid(Tensor x) => x.log_sigmoid();

            public static Tensor sigmoid(Tensor x) => x.sigmoid();

            public static Tensor tanh(Tensor x) => x.tanh();

            public static Tensor silu(Tensor x) => x.silu();
        }
    }
}
