using System.Globalization;
using DiTask.Model.Checkpoints;
using DiTask.Model.Training.Network;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DiTask.Model.Training.Runs;

/// <summary>What an optimizer remembers, as named tensors and counters. Parameters are numbered in its order.</summary>
internal static class OptimizerState
{
    private const string Prefix = "optimizer/";

    /// <summary>Whether <paramref name="key"/> is one of <see cref="Tensors"/>.</summary>
    public static bool Owns(string key) => key.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Moments and momenta.</summary>
    public static IEnumerable<HostTensor> Tensors(OptimizerHelper optimizer) => optimizer.state_dict().State.SelectMany((state, index) => state switch
    {
        AdamW.State adam => [ParameterStore.Download(Key(index, "exp_avg"), adam.exp_avg), ParameterStore.Download(Key(index, "exp_avg_sq"), adam.exp_avg_sq)],
        SGD.State { momentum_buffer: { } buffer } => [ParameterStore.Download(Key(index, "momentum"), buffer)],
        _ => Array.Empty<HostTensor>(),
    });

    /// <summary>Updates made of each parameter; 0 where the optimizer does not count.</summary>
    public static IReadOnlyList<long> Steps(OptimizerHelper optimizer) => [.. optimizer.state_dict().State.Select(state => state is AdamW.State adam ? adam.step : 0)];

    /// <summary>Takes back what <see cref="Steps"/> and <see cref="Tensors"/> gave.</summary>
    /// <exception cref="ArgumentException">There is another number of parameters.</exception>
    public static void Restore(OptimizerHelper optimizer, IReadOnlyList<long> steps, IReadOnlyDictionary<string, HostTensor> tensors)
    {
        var states = optimizer.state_dict().State;
        if (states.Count != steps.Count)
        {
            throw new ArgumentException($"the optimizer has {states.Count} parameters, the checkpoint {steps.Count}", nameof(steps));
        }

        using IDisposable gradients = no_grad();
        for (int i = 0; i < states.Count; i++)
        {
            switch (states[i])
            {
                case AdamW.State adam:
                    adam.step = steps[i];
                    Fill(adam.exp_avg, tensors[Key(i, "exp_avg")]);
                    Fill(adam.exp_avg_sq, tensors[Key(i, "exp_avg_sq")]);
                    break;
                case SGD.State momentum when tensors.TryGetValue(Key(i, "momentum"), out HostTensor? saved):
                    momentum.momentum_buffer?.Dispose();
                    momentum.momentum_buffer = tensor(saved.Values, Array.ConvertAll(saved.Shape, side => (long)side)).to(optimizer.parameters().ElementAt(i).device).DetachFromDisposeScope();
                    break;
                default:
                    break;
            }
        }
    }

    private static void Fill(Tensor target, HostTensor saved)
    {
        using Tensor values = tensor(saved.Values, target.shape, float32, target.device);
        target.copy_(values);
    }

    private static string Key(int index, string name) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{index}/{name}");
}
