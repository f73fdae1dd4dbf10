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

            public static Tensor binary_cross_entropy_with_logits(
                Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null) =>
                Tensor.From(Native.dt_binary_cross_entropy_with_logits(input.Handle, target.Handle, Optional(weight), Optional(pos_weights), (long)reduction, out NewTensor result), result);
        }
    }
}
