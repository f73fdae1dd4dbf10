using DiTask.Model.Checkpoints;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DiTask.Model.Training.Network;

/// <summary>Every tensor of a network on its device: those that are trained, those that are frozen, and the statistics of batch normalisation.</summary>
internal sealed class ParameterStore : IDisposable
{
    private readonly IReadOnlyDictionary<string, HostTensor> values;
    private readonly Device device;
    private readonly OrderedDictionary<string, TrainedParameter> trained = [];
    private readonly Dictionary<string, Tensor> fixedTensors = [];
    private readonly OrderedDictionary<string, Tensor> statistics = [];

    /// <param name="values">First values by plain key.</param>
    /// <param name="rule">Which of them are trained.</param>
    /// <param name="tasks">The run's tasks.</param>
    /// <param name="device">Where the tensors lie.</param>
    public ParameterStore(IReadOnlyDictionary<string, HostTensor> values, TrainableRule rule, IReadOnlyList<string> tasks, Device device)
    {
        this.values = values;
        this.device = device;
        foreach ((string key, HostTensor value) in values)
        {
            if (key.EndsWith(".running_mean", StringComparison.Ordinal) || key.EndsWith(".running_var", StringComparison.Ordinal))
            {
                statistics.Add(key, Upload(value));
            }
            else if (rule.Trains(key))
            {
                Add(value, TrainableRule.RoleOf(key), TrainableRule.TaskOf(key, tasks));
            }
        }
    }

    /// <summary>What is trained, in a fixed order.</summary>
    public IReadOnlyList<TrainedParameter> Trained => [.. trained.Values];

    /// <summary>Running means and variances by key.</summary>
    public IReadOnlyDictionary<string, Tensor> Statistics => statistics;

    /// <summary>Numbers in tensors that are neither trained nor statistics.</summary>
    public long FrozenCount => values.Values.Where(value => !trained.ContainsKey(value.Name) && !statistics.ContainsKey(value.Name)).Sum(value => (long)value.Values.Length);

    /// <summary>The device of all tensors.</summary>
    public Device Device => device;

    /// <summary>Whether there is a tensor <paramref name="key"/>.</summary>
    public bool Has(string key) => trained.ContainsKey(key) || values.ContainsKey(key);

    /// <summary>The tensor <paramref name="key"/>.</summary>
    /// <exception cref="ArgumentException">It has another shape.</exception>
    public Tensor Get(string key, params int[] shape)
    {
        Tensor tensor = trained.TryGetValue(key, out TrainedParameter? parameter) ? parameter.Tensor : statistics.TryGetValue(key, out Tensor? kept) ? kept : Fixed(key);
        return tensor.shape.SequenceEqual(Array.ConvertAll(shape, side => (long)side))
            ? tensor
            : throw new ArgumentException($"'{key}' is [{string.Join(',', tensor.shape)}], the network needs [{string.Join(',', shape)}].", nameof(shape));
    }

    /// <summary>First values of <paramref name="key"/>.</summary>
    public HostTensor First(string key) => values[key];

    /// <summary>Adds a parameter of an adapter.</summary>
    public TrainedParameter Add(HostTensor first, ParameterRole role, string? task)
    {
        TrainedParameter parameter = new(first.Name, new Parameter(Upload(first)), role, task);
        parameter.Tensor.DetachFromDisposeScope();
        trained.Add(first.Name, parameter);
        return parameter;
    }

    /// <summary>Current values of <paramref name="key"/>.</summary>
    public HostTensor Current(string key) => trained.TryGetValue(key, out TrainedParameter? parameter)
        ? Download(key, parameter.Tensor)
        : statistics.TryGetValue(key, out Tensor? kept) ? Download(key, kept) : values[key];

    /// <summary>Values of a tensor under a name.</summary>
    public static HostTensor Download(string key, Tensor tensor)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor host = tensor.detach().to(float32).to(CPU).contiguous();
        return new HostTensor(key, Array.ConvertAll(host.shape, side => (int)side), host.data<float>().ToArray());
    }

    /// <summary>Overwrites what is trained or counted.</summary>
    /// <exception cref="ArgumentException">There is no such tensor, or it has another shape.</exception>
    public void Overwrite(HostTensor value)
    {
        using IDisposable gradients = no_grad();
        using Tensor tensor = Upload(value);
        Get(value.Name, value.Shape).copy_(tensor);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor tensor in trained.Values.Select(parameter => (Tensor)parameter.Tensor).Concat(fixedTensors.Values).Concat(statistics.Values))
        {
            tensor.Dispose();
        }
    }

    private Tensor Fixed(string key)
    {
        if (!fixedTensors.TryGetValue(key, out Tensor? tensor))
        {
            fixedTensors.Add(key, tensor = Upload(values[key]));
        }

        return tensor;
    }

    private Tensor Upload(HostTensor value) =>
        tensor(value.Values, Array.ConvertAll(value.Shape, side => (long)side), float32, device).DetachFromDisposeScope();
}
