namespace TorchSharp.Modules;

/// <summary>Gradient descent, with momentum if it is asked for.</summary>
public class SGD : OptimizerHelper, torch.optim.IMomentum
{
    private readonly Options defaults;

    public SGD(
        IEnumerable<Parameter> parameters, double lr, double momentum = 0.0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, momentum, dampening, weight_decay, nesterov, maximize)
    {
    }

    public SGD(
        IEnumerable<ParamGroup> parameters, double lr, double momentum = 0.0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
    {
        if (lr < 0 || momentum < 0 || weight_decay < 0)
        {
            throw new ArgumentException($"Expected numbers of at least 0, got learning rate {lr}, momentum {momentum}, weight decay {weight_decay}.");
        }

        if (nesterov && (momentum <= 0 || dampening != 0))
        {
            throw new ArgumentException($"Nesterov needs momentum and no dampening, got momentum {momentum}, dampening {dampening}.");
        }

        defaults = new Options { LearningRate = lr, momentum = momentum, dampening = dampening, weight_decay = weight_decay, nesterov = nesterov, maximize = maximize };
        foreach (ParamGroup group in parameters)
        {
            add_param_group(group);
        }
    }

    public double Momentum
    {
        get => defaults.momentum!.Value;
        set => defaults.momentum = value;
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
        if (settings.weight_decay!.Value != 0)
        {
            gradient = gradient.add(parameter, settings.weight_decay.Value);
        }

        double momentum = settings.momentum!.Value;
        if (momentum != 0)
        {
            torch.Tensor buffer = ((State)state).Accumulate(gradient, momentum, settings.dampening!.Value);
            gradient = settings.nesterov == true ? gradient.add(buffer, momentum) : buffer;
        }

        double rate = settings.LearningRate!.Value;
        parameter.add_(gradient, settings.maximize == true ? rate : -rate);
    }

    public sealed class State : OptimizerState, IDisposable
    {
        public torch.Tensor? momentum_buffer;

        public State(Parameter parameter)
            : base(parameter)
        {
        }

        public override void Initialize(OptimizerOptions options) => Replace(ref momentum_buffer, null);

        public override void LoadStateDict(OptimizerState source) => Replace(ref momentum_buffer, Copy(((State)source).momentum_buffer));

        public override bool ApproximatelyEquals(OptimizerState other) =>
            other is State state
            && (momentum_buffer is null || (state.momentum_buffer is { } buffer && momentum_buffer.allclose(buffer)));

        public override void to(torch.Device device) =>
            Replace(ref momentum_buffer, momentum_buffer?.to(device, copy: true).DetachFromDisposeScope());

        public void Dispose() => momentum_buffer?.Dispose();

        /// <summary>The first gradient goes in whole, dampening or not.</summary>
        internal torch.Tensor Accumulate(torch.Tensor gradient, double momentum, double dampening) =>
            momentum_buffer is null
                ? momentum_buffer = gradient.clone().detach().DetachFromDisposeScope()
                : momentum_buffer.mul_(momentum).add_(gradient, 1 - dampening);
    }

    public class Options : OptimizerOptions
    {
        public double? momentum;
        public double? dampening;
        public double? weight_decay;
        public bool? nesterov;
        public bool? maximize;

        public override void LoadStateDict(OptimizerOptions source)
        {
            base.LoadStateDict(source);
            Options options = (Options)source;
            momentum = options.momentum;
            dampening = options.dampening;
            weight_decay = options.weight_decay;
            nesterov = options.nesterov;
            maximize = options.maximize;
        }

        /// <summary>Takes over what is not set.</summary>
        internal void Complete(Options defaults)
        {
            LearningRate ??= defaults.LearningRate;
            momentum ??= defaults.momentum;
            dampening ??= defaults.dampening;
            weight_decay ??= defaults.weight_decay;
            nesterov ??= defaults.nesterov;
            maximize ??= defaults.maximize;
        }
    }

    public class ParamGroup : ParamGroup<Options>, torch.optim.IMomentum
    {
        public ParamGroup()
        {
        }

        public ParamGroup(IEnumerable<Parameter> parameters, Options? options)
            : base(parameters, options)
        {
        }

        public ParamGroup(
            IEnumerable<Parameter> parameters, double lr = 1e-3, double momentum = 0.0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
            : base(parameters, new Options { LearningRate = lr, momentum = momentum, dampening = dampening, weight_decay = weight_decay, nesterov = nesterov, maximize = maximize })
        {
        }

        public double Momentum
        {
            get => Options.momentum!.Value;
            set => Options.momentum = value;
        }
    }
}
