using TorchSharp.Raw;

#pragma warning disable CA1000 // a function is applied by its class, as in the original package

namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>An operation with a backward pass of its own. Derive from one of the two classes below it.</summary>
        public abstract class Function<T>
            where T : Function<T>, new()
        {
            private static readonly T instance = new();

            public abstract string Name { get; }

            public static List<Tensor> apply_internal(params object[] vars)
            {
                AutogradContext context = new();
                bool[] isTensor = [.. vars.Select(argument => argument is Tensor { IsInvalid: false })];
                Tensor[] inputs = [.. vars.OfType<Tensor>().Where(tensor => !tensor.IsInvalid)];
                bool records = AutoGradMode.IsEnabled && inputs.Any(tensor => tensor.requires_grad);
                List<Tensor> outputs;
                using (no_grad())
                {
                    outputs = instance.ForwardAll(context, vars);
                }

                return records ? BackwardCall.Attach(context, instance.BackwardAll, isTensor, inputs, outputs) : outputs;
            }

            internal abstract List<Tensor> ForwardAll(AutogradContext ctx, object[] vars);

            internal abstract List<Tensor> BackwardAll(AutogradContext ctx, List<Tensor> grad_outputs);
        }

        public abstract class SingleTensorFunction<T> : Function<T>
            where T : SingleTensorFunction<T>, new()
        {
            public static Tensor apply(params object[] vars) => apply_internal(vars)[0];

            public abstract Tensor forward(AutogradContext ctx, params object[] vars);

            public abstract List<Tensor> backward(AutogradContext ctx, Tensor grad_output);

            internal sealed override List<Tensor> ForwardAll(AutogradContext ctx, object[] vars) => [forward(ctx, vars)];

            internal sealed override List<Tensor> BackwardAll(AutogradContext ctx, List<Tensor> grad_outputs) => backward(ctx, grad_outputs[0]);
        }

        public abstract class MultiTensorFunction<T> : Function<T>
            where T : MultiTensorFunction<T>, new()
        {
            public static List<Tensor> apply(params object[] vars) => apply_internal(vars);

            public abstract List<Tensor> forward(AutogradContext ctx, params object[] vars);

            public abstract List<Tensor> backward(AutogradContext ctx, List<Tensor> grad_outputs);

            internal sealed override List<Tensor> ForwardAll(AutogradContext ctx, object[] vars) => forward(ctx, vars);

            internal sealed override List<Tensor> BackwardAll(AutogradContext ctx, List<Tensor> grad_outputs) => backward(ctx, grad_outputs);
        }
    }
}
