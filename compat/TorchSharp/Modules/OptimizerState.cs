namespace TorchSharp.Modules;

/// <summary>What an optimizer remembers of one parameter. Its tensors live until the optimizer is disposed, whatever scope is open.</summary>
public abstract class OptimizerState
{
    private protected OptimizerState(Parameter parameter) => Parameter = parameter;

    private protected Parameter Parameter { get; }

    public abstract void Initialize(OptimizerOptions options);

    public abstract void LoadStateDict(OptimizerState source);

    public virtual bool ApproximatelyEquals(OptimizerState other) => false;

    public virtual void to(torch.Device device)
    {
    }

    private protected torch.Tensor Zeros() => torch.zeros_like(Parameter).DetachFromDisposeScope();

    private protected torch.Tensor? Copy(torch.Tensor? source) => source?.to(Parameter.device, copy: true).DetachFromDisposeScope();

    private protected static void Replace(ref torch.Tensor? target, torch.Tensor? replacement)
    {
        target?.Dispose();
        target = replacement;
    }
}
