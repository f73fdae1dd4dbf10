using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DiTask.Model.Training.Regularization;

/// <summary>L2-SP: lambda |theta - theta_0|^2 for parameters that started trained, plus beta |theta|^2 for new ones.</summary>
/// <remarks>
/// The thetas of an adapter start at the identity, theta_0 = 0, so for them this is weight decay. <b>Source:</b> Li, Grandvalet, Davoine, ICML 2018.
/// </remarks>
internal sealed class L2StartingPoint : IDisposable
{
    private readonly double strength;
    private readonly double newStrength;
    private readonly (Parameter Now, Tensor Start)[] pretrained;
    private readonly Parameter[] fresh;

    /// <param name="pretrained">Parameters whose present values are theta_0.</param>
    /// <param name="fresh">Parameters that are new, heads for instance.</param>
    /// <param name="strength">lambda.</param>
    /// <param name="newStrength">beta.</param>
    public L2StartingPoint(IEnumerable<Parameter> pretrained, IEnumerable<Parameter>? fresh = null, double strength = 0.01, double newStrength = 0)
    {
        this.strength = strength;
        this.newStrength = newStrength;
        this.pretrained = [.. pretrained.Select(parameter => (parameter, parameter.detach().clone().DetachFromDisposeScope()))];
        this.fresh = [.. fresh ?? []];
    }

    /// <summary>theta_0, in the order of the pretrained parameters: a resumed run must restore them, its parameters have moved.</summary>
    public IReadOnlyList<Tensor> Starts => [.. pretrained.Select(pair => pair.Start)];

    /// <summary>The penalty as a scalar, attached to the parameters.</summary>
    public Tensor Penalty()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor[] terms =
        [
            .. pretrained.Select(pair => (pair.Now - pair.Start).square().sum() * strength),
            .. fresh.Select(parameter => parameter.square().sum() * newStrength),
        ];
        return scope.MoveToOuter(terms.Length == 0 ? tensor(0f) : terms.Aggregate((sum, term) => sum + term));
    }

    /// <summary>The decoupled form, to be called beside the optimizer's step: theta -= 2 rate lambda (theta - theta_0).</summary>
    /// <param name="learningRate">The optimizer's present learning rate.</param>
    public void Decay(double learningRate)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable gradients = no_grad();
        foreach ((Parameter now, Tensor start) in pretrained)
        {
            now.copy_(now - ((now - start) * (2 * learningRate * strength)));
        }

        foreach (Parameter parameter in fresh)
        {
            parameter.copy_(parameter * (1 - (2 * learningRate * newStrength)));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((_, Tensor start) in pretrained)
        {
            start.Dispose();
        }
    }
}
