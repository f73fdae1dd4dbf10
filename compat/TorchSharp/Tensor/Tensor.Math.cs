using TorchSharp.Raw;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private const int SameType = -1;
        private static readonly ScalarValue One = new(1L);

        public Tensor add(Tensor target) => From(Native.dt_add(Handle, target.Handle, One, out NewTensor result), result);

        public Tensor add(Tensor target, Scalar alpha) => From(Native.dt_add(Handle, target.Handle, alpha.Value, out NewTensor result), result);

        public Tensor add(Scalar scalar) => From(Native.dt_add_scalar(Handle, scalar.Value, One, out NewTensor result), result);

        public Tensor add(Scalar scalar, Scalar alpha) => From(Native.dt_add_scalar(Handle, scalar.Value, alpha.Value, out NewTensor result), result);

        public Tensor sub(Tensor target) => From(Native.dt_sub(Handle, target.Handle, out NewTensor result), result);

        public Tensor sub(Scalar target) => From(Native.dt_sub_scalar(Handle, target.Value, out NewTensor result), result);

        public Tensor mul(Tensor target) => From(Native.dt_mul(Handle, target.Handle, out NewTensor result), result);

        public Tensor mul(Scalar target) => From(Native.dt_mul_scalar(Handle, target.Value, out NewTensor result), result);

        public Tensor div(Tensor target) => From(Native.dt_div(Handle, target.Handle, out NewTensor result), result);

        public Tensor div(Scalar target) => From(Native.dt_div_scalar(Handle, target.Value, out NewTensor result), result);

        public Tensor pow(Tensor exponent) => From(Native.dt_pow(Handle, exponent.Handle, out NewTensor result), result);

        public Tensor pow(Scalar exponent) => From(Native.dt_pow_scalar(Handle, exponent.Value, out NewTensor result), result);

        public Tensor neg() => From(Native.dt_neg(Handle, out NewTensor result), result);

        public Tensor negative() => neg();

        public Tensor abs() => From(Native.dt_abs(Handle, out NewTensor result), result);

        public Tensor sign() => From(Native.dt_sign(Handle, out NewTensor result), result);

        public Tensor exp() => From(Native.dt_exp(Handle, out NewTensor result), result);

        public Tensor log() => From(Native.dt_log(Handle, out NewTensor result), result);

        public Tensor log1p() => From(Native.dt_log1p(Handle, out NewTensor result), result);

        public Tensor sqrt() => From(Native.dt_sqrt(Handle, out NewTensor result), result);

        public Tensor rsqrt() => From(Native.dt_rsqrt(Handle, out NewTensor result), result);

        public Tensor reciprocal() => From(Native.dt_reciprocal(Handle, out NewTensor result), result);

        public Tensor square() => pow(2);

        public Tensor sin() => From(Native.dt_sin(Handle, out NewTensor result), result);

        public Tensor cos() => From(Native.dt_cos(Handle, out NewTensor result), result);

        public Tensor floor() => From(Native.dt_floor(Handle, out NewTensor result), result);

        public Tensor round() => From(Native.dt_round(Handle, out NewTensor result), result);

        public Tensor tanh() => From(Native.dt_tanh(Handle, out NewTensor result), result);

        public Tensor sigmoid() => From(Native.dt_sigmoid(Handle, out NewTensor result), result);

        public Tensor relu() => From(Native.dt_relu(Handle, out NewTensor result), result);

        public Tensor gelu() => From(Native.dt_gelu(Handle, out NewTensor result), result);

        public Tensor maximum(Tensor other) => From(Native.dt_maximum(Handle, other.Handle, out NewTensor result), result);

        public Tensor minimum(Tensor other) => From(Native.dt_minimum(Handle, other.Handle, out NewTensor result), result);

        public Tensor clamp(Scalar? min = null, Scalar? max = null) =>
            From(Native.dt_clamp(Handle, min?.Value ?? default, max?.Value ?? default, out NewTensor result), result);

        public Tensor softmax(long dim, ScalarType? dtype = null) =>
            From(Native.dt_softmax(Handle, dim, Type(dtype), out NewTensor result), result);

        private static int Type(ScalarType? type) => type is null ? SameType : (int)type.Value;
    }
}
