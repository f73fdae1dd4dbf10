using DiTask.Model.Checkpoints;
using DiTask.Model.Config;
using DiTask.Model.Layers;
using DiTask.Model.Networks;
using DiTask.Model.Torch;
using DiTask.Model.Training.Adapters;
using TorchSharp;
using static TorchSharp.torch;

namespace DiTask.Model.Training.Network;

/// <summary>The multi-task network as it is trained: the layers that folding writes, over parameters that change.</summary>
internal sealed class TrainableNetwork : IParameterSource<Tensor>, IDisposable
{
    private readonly AdapterOptions options;
    private readonly AdapterBuilder builder;
    private readonly TorchOps ops;
    private readonly OrderedDictionary<string, ILayerAdapter> adapters = [];
    private readonly MultiTaskSwin<Tensor> network;

    /// <param name="plain">The network without adapters.</param>
    /// <param name="options">What is trained.</param>
    /// <param name="start">First values.</param>
    /// <param name="seed">Of the adapters' first values.</param>
    /// <param name="device">Where to compute.</param>
    public TrainableNetwork(ModelConfig plain, AdapterOptions options, StartValues start, long seed, Device device)
    {
        this.options = options;
        Config = AdaptedModel.Of(plain, options);
        Store = new ParameterStore(start.Tensors, new TrainableRule(options), [.. plain.Tasks.Select(task => task.Name)], device);
        builder = new AdapterBuilder(Config, options, Store, start.Thetas, seed);
        ops = new TorchOps(device: device);
        network = new MultiTaskSwin<Tensor>(ops, this, Config);
        Build();
    }

    /// <summary>The network with its adapters.</summary>
    public ModelConfig Config { get; }

    /// <summary>All tensors.</summary>
    public ParameterStore Store { get; }

    /// <summary>What is trained, in a fixed order.</summary>
    public IReadOnlyList<TrainedParameter> Parameters => Store.Trained;

    /// <summary>The adapter of each linear layer of the backbone, by key.</summary>
    public IReadOnlyDictionary<string, ILayerAdapter> Adapters => adapters;

    /// <summary>Thetas that are stored but not trained.</summary>
    public IReadOnlyDictionary<string, HostTensor> IdleThetas => builder.IdleThetas;

    /// <summary>Normalised images [B, 3, S, S] to logits [B, outputs, S, S] of each task.</summary>
    /// <param name="images">On the network's device.</param>
    /// <param name="mode">How a training step differs; null for inference.</param>
    public IReadOnlyDictionary<string, Tensor> Forward(Tensor images, TrainingMode? mode) => Branches(Trunk(images, mode));

    /// <summary>Normalised images [B, 3, S, S] to the features that the tasks read.</summary>
    public IReadOnlyDictionary<Tap, Tensor> Trunk(Tensor images, TrainingMode? mode)
    {
        ops.Training = mode;
        return network.Trunk(images);
    }

    /// <summary>Features to logits [B, outputs, S, S] of each task, in the mode of the trunk.</summary>
    public IReadOnlyDictionary<string, Tensor> Branches(IReadOnlyDictionary<Tap, Tensor> taps)
    {
        int size = Config.Backbone.ImageSize;
        return network.Branches(taps).ToDictionary(task => task.Key, task => ops.ResizeBilinear(task.Value, size, size));
    }

    /// <summary>Normalised images [B, 3, S, S] to what the decoder of <paramref name="task"/> reads of the backbone, all stages at the finest one's size: [B, C, R, R].</summary>
    public Tensor Features(Tensor images, string task)
    {
        ops.Training = null;
        IReadOnlyList<Tensor> levels = network.Features(images, task);
        int size = Config.Backbone.OutputGridSize(0);
        return ops.Concat(1, [levels[0], .. levels.Skip(1).Select(level => ops.ResizeBilinear(level, size, size))]);
    }

    /// <inheritdoc/>
    public bool Has(string key) => Store.Has(key);

    /// <inheritdoc/>
    public Tensor Get(string key, params int[] shape) => Store.Get(key, shape);

    /// <inheritdoc/>
    public ILinear<Tensor> Linear(string key, int inFeatures, int outFeatures, string? task)
    {
        ILayerAdapter adapter = AdapterOf(key, outFeatures, inFeatures);
        Tensor? bias = Store.Has(key + ".bias") ? Store.Get(key + ".bias", outFeatures) : null;

        // The input of a whole layer is dropped out; a task's own input is not.
        bool isWholeInput = task is null || key.EndsWith(".proj", StringComparison.Ordinal);
        double dropout = isWholeInput && adapter is not PlainAdapter ? options.Dropout : 0;
        return new AdaptedLinear(ops, () => adapter.Weight(task), bias, dropout);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ops.Dispose();
        builder.Dispose();
        Store.Dispose();
    }

    // A block asks for its layers when it first runs. The parameters have to be known before that, for the optimizer.
    private void Build()
    {
        foreach (string layer in KeyCatalog.LinearLayers(Config.Backbone))
        {
            string key = Config.Backbone.KeyPrefix + layer;
            int[] shape = Store.First(key + ".weight").Shape;
            AdapterOf(key, shape[0], shape[1]);
        }
    }

    private ILayerAdapter AdapterOf(string key, int outFeatures, int inFeatures)
    {
        if (!adapters.TryGetValue(key, out ILayerAdapter? adapter))
        {
            adapters.Add(key, adapter = builder.Build(key, outFeatures, inFeatures));
        }

        return adapter;
    }
}
