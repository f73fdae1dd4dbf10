namespace TorchSharp.Modules;

/// <summary>Weight decay shrinks the parameter itself, before the step.</summary>
public partial class AdamW : OptimizerHelper, torch.optim.IBetas
{
    private readonly Options defaults;

    public AdamW(
        IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
    {
    }

    public AdamW(
        IEnumerable<ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
    {
        defaults = new Options { LearningRate = lr, beta1 = beta1, beta2 = beta2, eps = eps, weight_decay = weight_decay, amsgrad = amsgrad, maximize = maximize };
        defaults.Validate();
        foreach (ParamGroup group in parameters)
        {
            add_param_group(group);
        }
    }

    public (double, double) Betas
    {
        get => (defaults.beta1!.Value, defaults.beta2!.Value);
        set => (defaults.beta1, defaults.beta2) = value;
    }

    private protected override void Complete(Modules.ParamGroup group)
    {
        group.Options ??= new Options();
        ((Options)group.Options).Complete(defaults);
    }

    private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

    private protected override void Update(Parameter parameter, torch.Tensor gradient, OptimizerState state, OptimizerOptions options)
    {
        Options settings = (Options)options;
        gradient = settings.maximize!.Value ? gradient.neg() : gradient;
        parameter.mul_(1 - (settings.LearningRate!.Value * settings.weight_decay!.Value));
        ((State)state).Update(parameter, gradient, settings);
    }

    public class ParamGroup : ParamGroup<Options>, torch.optim.IBetas
    {
        public ParamGroup()
        {
        }

        public ParamGroup(IEnumerable<Parameter> parameters, Options? options)
            : base(parameters, options)
        {
        }

        public ParamGroup(
            IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            : base(parameters, new Options { LearningRate = lr, beta1 = beta1, beta2 = beta2, eps = eps, weight_decay = weight_decay, amsgrad = amsgrad, maximize = maximize })
        {
        }

        public (double, double) Betas
        {
            get => (Options.beta1!.Value, Options.beta2!.Value);
            set => (Options.beta1, Options.beta2) = value;
        }
    }
}
