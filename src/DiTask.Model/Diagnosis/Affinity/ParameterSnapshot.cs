using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DiTask.Model.Diagnosis.Affinity;

/// <summary>Values of parameters, to go back to.</summary>
internal sealed class ParameterSnapshot : IDisposable
{
    private readonly IReadOnlyList<Parameter> parameters;
    private readonly Tensor[] values;

    public ParameterSnapshot(IReadOnlyList<Parameter> parameters)
    {
        using IDisposable off = no_grad();
        this.parameters = parameters;
        values = [.. parameters.Select(parameter => parameter.clone().DetachFromDisposeScope())];
    }

    /// <summary>Gives the parameters their values again, bit for bit, and takes their gradients away.</summary>
    public void Restore()
    {
        using IDisposable off = no_grad();
        foreach ((Parameter parameter, Tensor value) in parameters.Zip(values))
        {
            parameter.copy_(value);
            parameter.grad = null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor value in values)
        {
            value.Dispose();
        }
    }
}
