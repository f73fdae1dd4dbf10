using TorchSharp.Raw;

namespace TorchSharp;

public static partial class torch
{
    public enum InterpolationMode
    {
        Nearest = 0,
        Bilinear = 2,
    }

    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) =>
                Tensor.From(Native.dt_linear(input.Handle, weights.Handle, Optional(bias), out NewTensor result), result);

            public static Tensor conv2d(
                Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? dilation = null, long groups = 1)
            {
                strides ??= [1];
                padding ??= [0];
                dilation ??= [1];
                int status = Native.dt_conv2d(
                    input.Handle, weight.Handle, Optional(bias), strides, strides.Length, padding, padding.Length, dilation, dilation.Length, groups, out NewTensor result);
                return Tensor.From(status, result);
            }

            public static Tensor layer_norm(Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5)
            {
                int status = Native.dt_layer_norm(
                    input.Handle, normalized_shape, normalized_shape.Length, Optional(weight), Optional(bias), eps, out NewTensor result);
                return Tensor.From(status, result);
            }

            public static Tensor batch_norm(
                Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight = null, Tensor? bias = null, bool training = false, double momentum = 0.1, double eps = 1e-5)
            {
                int status = Native.dt_batch_norm(
                    input.Handle, Optional(running_mean), Optional(running_var), Optional(weight), Optional(bias), training ? 1 : 0, momentum, eps, out NewTensor result);
                return Tensor.From(status, result);
            }

            public static Tensor gelu(Tensor x) => x.gelu();

            public static Tensor relu(Tensor x, bool inplace = false) => inplace ? x.copy_(x.relu()).alias() : x.relu();

            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

            /// <summary>Images [B, C, H, W] to an exact size [H, W].</summary>
            public static Tensor interpolate(Tensor x, long[] size, InterpolationMode mode = InterpolationMode.Nearest, bool? align_corners = null)
            {
                if (size.Length != 2)
                {
                    throw new ArgumentException($"Expected height and width, got {size.Length} numbers.", nameof(size));
                }

                int status = mode == InterpolationMode.Bilinear
                    ? Native.dt_upsample_bilinear2d(x.Handle, size, align_corners == true ? 1 : 0, out NewTensor result)
                    : Native.dt_upsample_nearest2d(x.Handle, size, out result);
                return Tensor.From(status, result);
            }

            private static TensorHandle Optional(Tensor? tensor) => tensor is null ? TensorHandle.None : tensor.Handle;
        }
    }
}
