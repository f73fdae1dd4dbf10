namespace TorchSharp.Modules;

/// <summary>What the optimizers share: parameter groups, and a state for each parameter.</summary>
public abstract class OptimizerHelper : torch.optim.Optimizer
{
    private readonly Dictionary<Parameter, OptimizerState> states = new(ReferenceEqualityComparer.Instance);

    private protected OptimizerHelper()
    {
    }

    public override void zero_grad()
    {
        foreach (Parameter parameter in parameters())
        {
            using torch.Tensor? grad = parameter.grad;
            grad?.fill_(0);
        }
    }

    public override void add_param_group(ParamGroup param_group)
    {
        Complete(param_group);
        param_group.InitialLearningRate = param_group.LearningRate;
        Groups.Add(param_group);
        foreach (Parameter parameter in param_group.Parameters)
        {
            OptimizerState state = NewState(parameter);
            state.Initialize(param_group.Options);
            states.Add(parameter, state);
        }
    }

    public virtual StateDictionary state_dict()
    {
        StateDictionary dictionary = new();
        foreach (ParamGroup group in Groups)
        {
            List<int> indices = [];
            dictionary.Options.Add(group.Options);
            dictionary.StateIndexRef.Add(indices);
            foreach (Parameter parameter in group.Parameters)
            {
                indices.Add(dictionary.State.Count);
                dictionary.State.Add(states[parameter]);
            }
        }

        return dictionary;
    }

    public virtual void load_state_dict(StateDictionary state_dict)
    {
        StateDictionary own = this.state_dict();
        Same(own.Options.Count, state_dict.Options.Count, "parameter groups");
        Same(own.State.Count, state_dict.State.Count, "states");
        foreach ((OptimizerOptions mine, OptimizerOptions theirs) in own.Options.Zip(state_dict.Options).Where(pair => pair.First != pair.Second))
        {
            mine.LoadStateDict(theirs);
        }

        foreach ((OptimizerState mine, OptimizerState theirs) in own.State.Zip(state_dict.State).Where(pair => pair.First != pair.Second))
        {
            mine.LoadStateDict(theirs);
        }
    }

    public void to(torch.Device device)
    {
        foreach (OptimizerState state in states.Values)
        {
            state.to(device);
        }
    }

    /// <summary>Gives a group options where it has none.</summary>
    private protected abstract void Complete(ParamGroup group);

    private protected abstract OptimizerState NewState(Parameter parameter);

    private protected abstract void Update(Parameter parameter, torch.Tensor gradient, OptimizerState state, OptimizerOptions options);

    public override torch.Tensor? step(Func<torch.Tensor>? closure = null)
    {
        torch.Tensor? loss = null;
        if (closure is not null)
        {
            using IDisposable recording = new AutoGradMode(true);
            loss = closure();
        }

        using IDisposable quiet = torch.no_grad();
        foreach (ParamGroup group in Groups)
        {
            foreach (Parameter parameter in group.Parameters)
            {
                using DisposeScope scope = torch.NewDisposeScope();
                if (parameter.grad is { } gradient)
                {
                    Update(parameter, gradient, states[parameter], group.Options);
                }
            }
        }

        return loss;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (IDisposable state in states.Values.OfType<IDisposable>())
            {
                state.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    private static void Same(int expected, int found, string what)
    {
        if (expected != found)
        {
            throw new ArgumentException($"The optimizer has {expected} {what}, the state {found}.");
        }
    }
}
