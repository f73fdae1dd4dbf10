using DiTask.Model.Checkpoints;
using DiTask.Model.Config;
using DiTask.Model.Cpab;
using DiTask.Model.Torch;

namespace DiTask.Model.Folding;

/// <summary>
/// Adapters in, plain weights out. A weight is taken apart once, its singular values are warped by the shared theta or by
/// a task's theta, and it is put together again; both act on the frozen weight, never on each other.
/// </summary>
/// <param name="checkpoint">Root of the checkpoint's keys.</param>
/// <param name="adapters">Which layers have thetas.</param>
/// <param name="warp">What a theta does to a spectrum.</param>
/// <param name="keepAll">Keep every weight taken apart for a second reading, at the price of its memory; otherwise only those that several streams share.</param>
/// <remarks><b>Source:</b> reference specification 2.3, 2.4.</remarks>
internal sealed class WeightFolder(CheckedWeights checkpoint, AdapterConfig adapters, ISpectrumWarp warp, bool keepAll = false) : IDisposable
{
    // Members of a degenerate group may get different values by index, and which vectors they belong to is arbitrary.
    private const double DegenerateGap = 1e-6;

    private readonly Dictionary<string, SpectralWeight> decomposed = [];
    private readonly SortedSet<string> degenerate = new(StringComparer.Ordinal);

    /// <summary>Weights whose singular values nearly coincide, so that folding them is not unique.</summary>
    public IReadOnlyCollection<string> DegenerateWeights => degenerate;

    /// <summary>Whether <paramref name="key"/> exists.</summary>
    public bool Has(string key) => checkpoint.Has(key);

    /// <summary>The array <paramref name="key"/> as it is.</summary>
    public HostTensor Plain(string key, params int[] shape) => checkpoint.Get(key, shape);

    /// <summary>The frozen weight [out, in] of <paramref name="layer"/>.</summary>
    public HostTensor Frozen(string layer, int outFeatures, int inFeatures) =>
        checkpoint.Get(checkpoint.Has($"{layer}.linear.weight") ? $"{layer}.linear.weight" : $"{layer}.weight", outFeatures, inFeatures);

    /// <summary>The weight [out, in] of <paramref name="layer"/> where no theta acts: the task's own if it has one, else the frozen one.</summary>
    public HostTensor Unwarped(string layer, int outFeatures, int inFeatures, string? task) =>
        task is not null && checkpoint.Has(KeyCatalog.TaskWeightKey(layer, task))
            ? checkpoint.Get(KeyCatalog.TaskWeightKey(layer, task), outFeatures, inFeatures)
            : Frozen(layer, outFeatures, inFeatures);

    /// <summary>The bias [out] of <paramref name="layer"/>, or null.</summary>
    public HostTensor? Bias(string layer, int outFeatures)
    {
        string? key = new[] { $"{layer}.linear.bias", $"{layer}.bias" }.FirstOrDefault(checkpoint.Has);
        return key is null ? null : checkpoint.Get(key, outFeatures);
    }

    /// <summary>The plain weight [out, in] that <paramref name="layer"/> amounts to in the stream of <paramref name="task"/>.</summary>
    public HostTensor Fold(string layer, int outFeatures, int inFeatures, string? task)
    {
        if (WarpOf(layer, task) is not { } map)
        {
            return Unwarped(layer, outFeatures, inFeatures, task);
        }

        HostTensor folded = Decompose(layer, outFeatures, inFeatures).Compose(map, task is null ? $"{layer}.weight" : $"{layer}.weight@{task}");
        if (!keepAll)
        {
            Release(layer);
        }

        return folded;
    }

    /// <summary>The weight [out, in] of <paramref name="layer"/> taken apart; read and decomposed at its first use.</summary>
    public SpectralWeight Decompose(string layer, int outFeatures, int inFeatures)
    {
        if (!decomposed.TryGetValue(layer, out SpectralWeight? weight))
        {
            weight = SpectralWeight.Decompose(Frozen(layer, outFeatures, inFeatures));
            decomposed.Add(layer, weight);
            if (weight.Blocks.Any(block => HasDegenerateGap(block.Sigma)))
            {
                degenerate.Add(weight.Name);
            }
        }

        return weight;
    }

    /// <summary>What the stream of <paramref name="task"/> does to the spectra of <paramref name="layer"/>; null when it leaves them alone.</summary>
    public Func<double[], double[]>? WarpOf(string layer, string? task)
    {
        if (ThetaOf(layer, task) is not double[] theta || theta.All(value => value == 0))
        {
            return null;
        }

        return sigma =>
        {
            double[] warped = new double[sigma.Length];
            warp.Apply(sigma, theta, warped);
            return warped;
        };
    }

    /// <summary>Frees the weight of <paramref name="layer"/> taken apart, unless the branches read it too.</summary>
    public void Release(string layer)
    {
        if (!FeedsBranches(layer) && decomposed.Remove(layer, out SpectralWeight? weight))
        {
            weight.Dispose();
        }
    }

    /// <summary>Frees the weights taken apart; one that is asked for again is taken apart again.</summary>
    public void Forget()
    {
        foreach (SpectralWeight weight in decomposed.Values)
        {
            weight.Dispose();
        }

        decomposed.Clear();
    }

    /// <inheritdoc/>
    public void Dispose() => Forget();

    private static bool HasDegenerateGap(double[] sigma) =>
        sigma.Zip(sigma.Skip(1)).Any(pair => pair.First - pair.Second < DegenerateGap * sigma[0]);

    private double[]? ThetaOf(string layer, string? task)
    {
        string adapted = layer["backbone.".Length..];
        return task is null
            ? adapters.SharedTessellation.ContainsKey(adapted) ? checkpoint.GetTheta($"{layer}.lora_shared_A") : null
            : adapters.TaskTessellation.ContainsKey(adapted) ? checkpoint.GetTheta($"{layer}.lora_tasks_A.{task}") : null;
    }

    // Branches fold the same weight again with their own thetas; qkv has thetas per task too, but the reference drops their result.
    private bool FeedsBranches(string layer) => adapters.HasTasks(layer["backbone.".Length..]) && !layer.EndsWith(".qkv", StringComparison.Ordinal);
}
