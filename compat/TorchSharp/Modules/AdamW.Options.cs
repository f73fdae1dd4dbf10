namespace TorchSharp.Modules;

public partial class AdamW
{
    public class Options : OptimizerOptions
    {
        public double? beta1;
        public double? beta2;
        public double? weight_decay;
        public double? eps;
        public bool? amsgrad;
        public bool? maximize;

        public override void LoadStateDict(OptimizerOptions source)
        {
            base.LoadStateDict(source);
            Options options = (Options)source;
            beta1 = options.beta1;
            beta2 = options.beta2;
            weight_decay = options.weight_decay;
            eps = options.eps;
            amsgrad = options.amsgrad;
            maximize = options.maximize;
        }

        /// <summary>Takes over what is not set.</summary>
        internal void Complete(Options defaults)
        {
            LearningRate ??= defaults.LearningRate;
            beta1 ??= defaults.beta1;
            beta2 ??= defaults.beta2;
            weight_decay ??= defaults.weight_decay;
            eps ??= defaults.eps;
            amsgrad ??= defaults.amsgrad;
            maximize ??= defaults.maximize;
        }

        internal void Validate()
        {
            Expect(LearningRate >= 0, "a learning rate of at least 0", LearningRate);
            Expect(eps >= 0, "an eps of at least 0", eps);
            Expect(beta1 is >= 0 and < 1, "a beta1 in [0, 1)", beta1);
            Expect(beta2 is >= 0 and < 1, "a beta2 in [0, 1)", beta2);
            Expect(weight_decay >= 0, "a weight decay of at least 0", weight_decay);
        }

        private static void Expect(bool holds, string what, double? found)
        {
            if (!holds)
            {
                throw new ArgumentException($"Expected {what}, got {found}.");
            }
        }
    }
}
