using TorchSharp.Raw;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor zero_() => Changed(Native.dt_zero_(Handle));

        public Tensor neg_() => Changed(Native.dt_neg_(Handle));

        public Tensor abs_() => Changed(Native.dt_abs_(Handle));

        public Tensor exp_() => Changed(Native.dt_exp_(Handle));

        public Tensor log_() => Changed(Native.dt_log_(Handle));

        public Tensor sqrt_() => Changed(Native.dt_sqrt_(Handle));

        public Tensor rsqrt_() => Changed(Native.dt_rsqrt_(Handle));

        public Tensor reciprocal_() => Changed(Native.dt_reciprocal_(Handle));

        public Tensor erfinv_() => Changed(Native.dt_erfinv_(Handle));

        public Tensor tanh_() => Changed(Native.dt_tanh_(Handle));

        public Tensor sigmoid_() => Changed(Native.dt_sigmoid_(Handle));

        public Tensor relu_() => Changed(Native.dt_relu_(Handle));

        public Tensor add_(Tensor target) => Changed(Native.dt_add_(Handle, target.Handle, One));

        public Tensor add_(Tensor target, Scalar alpha) => Changed(Native.dt_add_(Handle, target.Handle, alpha.Value));

        public Tensor add_(Scalar scalar) => Changed(Native.dt_add_scalar_(Handle, scalar.Value, One));

        public Tensor add_(Scalar scalar, Scalar alpha) => Changed(Native.dt_add_scalar_(Handle, scalar.Value, alpha.Value));

        public Tensor sub_(Tensor target) => Changed(Native.dt_sub_(Handle, target.Handle));

        public Tensor sub_(Scalar target) => Changed(Native.dt_sub_scalar_(Handle, target.Value));

        public Tensor mul_(Tensor target) => Changed(Native.dt_mul_(Handle, target.Handle));

        public Tensor mul_(Scalar target) => Changed(Native.dt_mul_scalar_(Handle, target.Value));

        public Tensor div_(Tensor target) => Changed(Native.dt_div_(Handle, target.Handle));

        public Tensor div_(Scalar target) => Changed(Native.dt_div_scalar_(Handle, target.Value));

        public Tensor pow_(Tensor exponent) => Changed(Native.dt_pow_(Handle, exponent.Handle));

        public Tensor pow_(Scalar exponent) => Changed(Native.dt_pow_scalar_(Handle, exponent.Value));

        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Changed(Native.dt_addcmul_(Handle, tensor1.Handle, tensor2.Handle, value.Value));

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2) => addcdiv_(tensor1, tensor2, 1);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Changed(Native.dt_addcdiv_(Handle, tensor1.Handle, tensor2.Handle, value.Value));

        public Tensor lerp_(Tensor end, Tensor weight) => Changed(Native.dt_lerp_(Handle, end.Handle, weight.Handle));

        public Tensor clamp_(Scalar? min = null, Scalar? max = null) =>
            Changed(Native.dt_clamp_(Handle, min?.Value ?? default, max?.Value ?? default));

        public Tensor masked_fill_(Tensor mask, Scalar value) => Changed(Native.dt_masked_fill_(Handle, mask.Handle, value.Value));

        public Tensor scatter_(long dim, Tensor index, Tensor src) => Changed(Native.dt_scatter_(Handle, dim, index.Handle, src.Handle));

        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => Changed(Native.dt_scatter_add_(Handle, dim, index.Handle, src.Handle));

        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) =>
            Changed(Native.dt_index_add_(Handle, dim, index.Handle, source.Handle, alpha.Value));

        public Tensor uniform_(double from, double to, Generator? generator = null) =>
            Changed(Native.dt_uniform_(Handle, from, to, Generator.Optional(generator)));

        public Tensor normal_(double mean = 0.0, double std = 1.0, Generator? generator = null) =>
            Changed(Native.dt_normal_(Handle, mean, std, Generator.Optional(generator)));

        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) =>
            Changed(Native.dt_bernoulli_(Handle, p, Generator.Optional(generator)));

        public Tensor bernoulli_(Tensor p, Generator? generator = null) =>
            Changed(Native.dt_bernoulli_tensor_(Handle, p.Handle, Generator.Optional(generator)));
    }
}
