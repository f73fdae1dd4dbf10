using TorchSharp.Raw;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor cross_entropy(
                Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100, Reduction reduction = Reduction.Mean, double label_smoothing = 0.0) =>
                Tensor.From(Native.dt_cross_entropy(input.Handle, target.Handle, Optional(weight), ignore_index, (long)reduction, label_smoothing, out NewTensor result), result);

            public static Tensor nll_loss(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                Tensor.From(Native.dt_nll_loss(input.Handle, target.Handle, Optional(weight), (long)reduction, out NewTensor result), result);

            public static Tensor l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Tensor.From(Native.dt_l1_loss(input.Handle, target.Handle, (long)reduction, out NewTensor result), result);

            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Tensor.From(Native.dt_mse_loss(input.Handle, target.Handle, (long)reduction, out NewTensor result), result);

            public static Tensor smooth_l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean, double beta = 1.0) =>
                Tensor.From(Native.dt_smooth_l1_loss(input.Handle, target.Handle, (long)reduction, beta, out NewTensor result), result);

            public static Tensor kl_div(Tensor input, Tensor target, bool log_target = true, Reduction reduction = Reduction.Mean) =>
                Tensor.From(Native.dt_kl_div(input.Handle, target.Handle, (long)reduction, log_target ? 1 : 0, out NewTensor result), result);

            public static Tensor binary_cross_entropy(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                Tensor.From(Native.dt_binary_cross_entropy(input.Handle, target.Handle, Optional(weight), (long)reduction, out NewTensor result), result);

            public static Tensor binary_cross_entropy_with_logits(
                Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null) =>
                Tensor.From(Native.dt_binary_cross_entropy_with_logits(input.Handle, target.Handle, Optional(weight), Optional(pos_weights), (long)reduction, out NewTensor result), result);
        }
    }
}
