namespace TorchSharp.Modules;

public partial class AdamW
{
    public sealed class State : OptimizerState, IDisposable
    {
        public long step;
        public torch.Tensor exp_avg = null!;
        public torch.Tensor exp_avg_sq = null!;
        public torch.Tensor? max_exp_avg_sq;

        public State(Parameter parameter)
            : base(parameter)
        {
        }

        public override void Initialize(OptimizerOptions options)
        {
            step = 0;
            Replace(ref exp_avg!, Zeros());
            Replace(ref exp_avg_sq!, Zeros());
            Replace(ref max_exp_avg_sq, ((Options)options).amsgrad == true ? Zeros() : null);
        }

        public override void LoadStateDict(OptimizerState source)
        {
            State state = (State)source;
            step = state.step;
            Replace(ref exp_avg!, Copy(state.exp_avg));
            Replace(ref exp_avg_sq!, Copy(state.exp_avg_sq));
            Replace(ref max_exp_avg_sq, Copy(state.max_exp_avg_sq));
        }

        public override bool ApproximatelyEquals(OptimizerState other) =>
            other is State state && step == state.step && exp_avg.allclose(state.exp_avg) && exp_avg_sq.allclose(state.exp_avg_sq)
            && (max_exp_avg_sq is null || (state.max_exp_avg_sq is { } greatest && max_exp_avg_sq.allclose(greatest)));

        public override void to(torch.Device device)
        {
            Replace(ref exp_avg!, exp_avg.to(device, copy: true).DetachFromDisposeScope());
            Replace(ref exp_avg_sq!, exp_avg_sq.to(device, copy: true).DetachFromDisposeScope());
            Replace(ref max_exp_avg_sq, max_exp_avg_sq?.to(device, copy: true).DetachFromDisposeScope());
        }

        public void Dispose()
        {
            exp_avg.Dispose();
            exp_avg_sq.Dispose();
            max_exp_avg_sq?.Dispose();
        }

        /// <summary>The step behind the decay, in the order of operations of the original: float results depend on it.</summary>
        internal void Update(Parameter parameter, torch.Tensor gradient, Options options)
        {
            step++;
            double correction1 = 1 - Math.Pow(options.beta1!.Value, step);
            double correction2 = 1 - Math.Pow(options.beta2!.Value, step);
            exp_avg.mul_(options.beta1.Value).add_(gradient, 1 - options.beta1.Value);
            exp_avg_sq.mul_(options.beta2.Value).addcmul_(gradient, gradient, 1 - options.beta2.Value);
            torch.Tensor second = exp_avg_sq;
            if (options.amsgrad == true)
            {
                second = torch.maximum(max_exp_avg_sq!, exp_avg_sq).DetachFromDisposeScope();
                Replace(ref max_exp_avg_sq, second);
            }

            torch.Tensor denominator = (second.sqrt() / Math.Sqrt(correction2)).add_(options.eps!.Value);
            parameter.addcdiv_(exp_avg, denominator, -options.LearningRate!.Value / correction1);
        }
    }
}
