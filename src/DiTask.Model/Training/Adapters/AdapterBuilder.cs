using DiTask.Model.Checkpoints;
using DiTask.Model.Config;
using DiTask.Model.Cpab;
using DiTask.Model.Torch;
using DiTask.Model.Training.Network;

namespace DiTask.Model.Training.Adapters;

/// <summary>Puts the chosen adapter on each linear layer of the backbone.</summary>
/// <param name="config">The network with its adapters.</param>
/// <param name="options">Kind and sizes.</param>
/// <param name="store">Where frozen weights come from and parameters go to.</param>
/// <param name="start">Thetas of the checkpoint that the run starts from; one of another size is not used.</param>
/// <param name="seed">Of first values that are drawn.</param>
internal sealed class AdapterBuilder(ModelConfig config, AdapterOptions options, ParameterStore store, IReadOnlyDictionary<string, HostTensor> start, long seed) : IDisposable
{
    private const string Backbone = "backbone.";

    private readonly HashSet<string> adapted = [.. AdaptedModel.AdaptedLayers(config, options)];
    private readonly HashSet<string> dead = [.. DeadThetas.Of(config)];
    private readonly List<SpectralFactors> factors = [];

    /// <summary>Thetas that are stored but not trained, since no output depends on them or they are to stay the identity.</summary>
    public OrderedDictionary<string, HostTensor> IdleThetas { get; } = [];

    /// <summary>The adapter of layer <paramref name="key"/>, whose weight is [<paramref name="outFeatures"/>, <paramref name="inFeatures"/>].</summary>
    public ILayerAdapter Build(string key, int outFeatures, int inFeatures)
    {
        TorchSharp.torch.Tensor weight = store.Get(key + ".weight", outFeatures, inFeatures);
        string layer = key[Backbone.Length..];
        if (!adapted.Contains(layer))
        {
            return new PlainAdapter(weight);
        }

        return options.Kind switch
        {
            AdapterKinds.DiTask => Warp(weight, key, layer),
            AdapterKinds.Scalar => new ScalarAdapter(weight, Add($"{key}.gain", [1], AdapterValues.Zero(1))),
            AdapterKinds.FreeSpectrum => FreeSpectrum(key, Math.Min(outFeatures, inFeatures) * BlockCount(outFeatures, inFeatures)),
            AdapterKinds.Teaching => new TeachingAdapter(
                Decompose(key),
                Add($"{key}.teaching.hidden", [2, options.Hidden], AdapterValues.Uniform(seed, $"{key}.teaching.hidden", 2 * options.Hidden, 1)),
                Add($"{key}.teaching.output", [options.Hidden, 2], AdapterValues.Zero(2 * options.Hidden))),
            AdapterKinds.Lora => new LowRankAdapter(weight, options.Alpha / options.Rank, Pair(key, null, options.Rank, outFeatures, inFeatures)),
            AdapterKinds.MtLora => new LowRankAdapter(weight, options.Alpha / options.Rank,
            [
                .. Pair(key, null, options.Rank, outFeatures, inFeatures),
                .. config.Tasks.Where(_ => config.Adapters.HasTasks(layer)).SelectMany(task => Pair(key, task.Name, options.TaskRank, outFeatures, inFeatures)),
            ]),
            _ => new PlainAdapter(weight),
        };
    }

    /// <summary>Frees the decomposed weights; adapters that were built cannot be used any more.</summary>
    public void Dispose() => factors.ForEach(factor => factor.Dispose());

    // A fused weight has a spectrum for each of its blocks.
    private static int BlockCount(int outFeatures, int inFeatures) => Model.Adapters.FusedWeights.BlockCount(outFeatures, inFeatures);

    private WarpAdapter Warp(TorchSharp.torch.Tensor weight, string key, string layer)
    {
        List<TrainedParameter> thetas = [];
        AddTheta(thetas, $"{key}.lora_shared_A", config.Adapters.SharedTessellation[layer], null, options.Scope != AdapterKinds.Task);
        foreach ((string task, int cells) in config.Adapters.TaskTessellation.GetValueOrDefault(layer) ?? new Dictionary<string, int>())
        {
            AddTheta(thetas, $"{key}.lora_tasks_A.{task}", cells, task, true);
        }

        return new WarpAdapter(weight, Decompose(key), SpectrumWarps.ByName(options.Warp), thetas);
    }

    private void AddTheta(List<TrainedParameter> thetas, string key, int cells, string? task, bool isTrained)
    {
        int count = new Tessellation(cells).ParameterCount;
        bool isIdentity = options.Init == AdapterKinds.Identity || !isTrained;
        HostTensor first = start.TryGetValue(key, out HostTensor? saved) && saved.Values.Length == count
            ? saved
            : new(key, [1, count], isIdentity ? AdapterValues.Zero(count) : AdapterValues.Uniform(seed, key, count, 1 / Math.Sqrt(count)));
        if (isTrained && !dead.Contains(key))
        {
            thetas.Add(store.Add(first, ParameterRole.Theta, task));
        }
        else
        {
            IdleThetas.Add(key, first);
        }
    }

    private FreeSpectrumAdapter FreeSpectrum(string key, int count) => new(Decompose(key), Add($"{key}.spectrum", [count], AdapterValues.Zero(count)));

    private TrainedParameter[] Pair(string key, string? task, int rank, int outFeatures, int inFeatures)
    {
        string name = task is null ? $"{key}.low_rank" : $"{key}.low_rank.{task}";

        // A as the rivals' code draws it, B at zero: the network starts as the pretrained one.
        return
        [
            Add($"{name}.A", [rank, inFeatures], AdapterValues.Uniform(seed, name, rank * inFeatures, 1 / Math.Sqrt(inFeatures)), task),
            Add($"{name}.B", [outFeatures, rank], AdapterValues.Zero(outFeatures * rank), task),
        ];
    }

    private TrainedParameter Add(string key, int[] shape, float[] values, string? task = null) => store.Add(new HostTensor(key, shape, values), ParameterRole.Adapter, task);

    private SpectralFactors Decompose(string key)
    {
        using SpectralWeight weight = SpectralWeight.Decompose(store.First(key + ".weight"));
        SpectralFactors result = new(weight, store.Device);
        factors.Add(result);
        return result;
    }
}
