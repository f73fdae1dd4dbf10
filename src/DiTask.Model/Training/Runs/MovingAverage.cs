using DiTask.Model.Checkpoints;
using DiTask.Model.Training.Network;
using TorchSharp;
using static TorchSharp.torch;

namespace DiTask.Model.Training.Runs;

/// <summary>A moving average of what is trained: e = d e + (1 - d) theta, with a smaller d in the first updates.</summary>
internal sealed class MovingAverage : IDisposable
{
    private readonly double decay;
    private readonly IReadOnlyList<TrainedParameter> parameters;
    private readonly OrderedDictionary<string, Tensor> averages = [];

    /// <param name="decay">d, below 1.</param>
    /// <param name="parameters">What is averaged; the averages begin at its values.</param>
    public MovingAverage(double decay, IReadOnlyList<TrainedParameter> parameters)
    {
        this.decay = decay;
        this.parameters = parameters;
        foreach (TrainedParameter parameter in parameters)
        {
            averages.Add(parameter.Key, parameter.Tensor.detach().clone().DetachFromDisposeScope());
        }
    }

    /// <summary>The averages by key.</summary>
    public IReadOnlyDictionary<string, Tensor> Averages => averages;

    /// <summary>Takes in the values after update <paramref name="update"/>, counted from 0.</summary>
    public void Update(long update)
    {
        using IDisposable gradients = no_grad();
        using DisposeScope scope = NewDisposeScope();
        double kept = Math.Min(decay, (1.0 + update) / (10 + update));
        foreach (TrainedParameter parameter in parameters)
        {
            averages[parameter.Key].mul_(kept).add_(parameter.Tensor.detach(), alpha: 1 - kept);
        }
    }

    /// <summary>Puts the averages in the parameters' place until the result is disposed.</summary>
    public IDisposable InPlace()
    {
        Swap();
        return new Undo(Swap);
    }

    /// <summary>Takes back saved averages.</summary>
    public void Restore(HostTensor value)
    {
        using IDisposable gradients = no_grad();
        using Tensor saved = tensor(value.Values, Array.ConvertAll(value.Shape, side => (long)side), float32, averages[value.Name].device);
        averages[value.Name].copy_(saved);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor average in averages.Values)
        {
            average.Dispose();
        }
    }

    private void Swap()
    {
        using IDisposable gradients = no_grad();
        using DisposeScope scope = NewDisposeScope();
        foreach (TrainedParameter parameter in parameters)
        {
            Tensor values = parameter.Tensor.detach().clone();
            parameter.Tensor.copy_(averages[parameter.Key]);
            averages[parameter.Key].copy_(values);
        }
    }

    private sealed class Undo(Action undo) : IDisposable
    {
        public void Dispose() => undo();
    }
}
