using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DiTask.Model.Training.Balancing;

/// <summary>
/// Takes the gradients of some parameters off them as one vector per backward pass. What earlier micro-batches had left there is put aside and comes
/// back at the end.
/// </summary>
internal sealed class FlatGradients
{
    private readonly IReadOnlyList<Parameter> parameters;
    private readonly Tensor?[] before;

    public FlatGradients(IReadOnlyList<Parameter> parameters)
    {
        this.parameters = parameters;
        before = [.. parameters.Select(parameter => parameter.grad)];
        Clear();
    }

    /// <summary>The gradients since the last call: [P]; 0 where a parameter got none.</summary>
    public Tensor Take()
    {
        using IDisposable gradients = no_grad();
        Tensor flat = cat([.. parameters.Select(parameter => (parameter.grad ?? zeros_like(parameter)).reshape(-1))]);
        Clear();
        return flat;
    }

    /// <summary>Gives the parameters what they had before, plus <paramref name="flat"/> [P] if there is one.</summary>
    public void Put(Tensor? flat)
    {
        using IDisposable gradients = no_grad();
        long start = 0;
        for (int i = 0; i < parameters.Count; i++)
        {
            Parameter parameter = parameters[i];
            Tensor? gradient = flat?.narrow(0, start, parameter.numel()).reshape(parameter.shape).to(parameter.dtype);
            parameter.grad = (before[i], gradient) switch
            {
                (Tensor old, Tensor added) => old + added,
                (null, Tensor added) => added.clone(),
                (Tensor old, null) => old,
                _ => null,
            };
            start += parameter.numel();
        }
    }

    private void Clear()
    {
        foreach (Parameter parameter in parameters)
        {
            parameter.grad = null;
        }
    }
}
