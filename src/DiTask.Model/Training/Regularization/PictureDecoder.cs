using DiTask.Model.Checkpoints;
using DiTask.Model.Config;
using DiTask.Model.Networks;
using DiTask.Model.Training.Adapters;
using DiTask.Model.Training.Network;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DiTask.Model.Training.Regularization;

/// <summary>One linear layer from the last stage's tokens to the pixels under each. Trained with the network, and in no exported model.</summary>
/// <remarks><b>Source:</b> Xie et al. (SimMIM) 2022: a one-layer head does as well as larger ones.</remarks>
internal sealed class PictureDecoder
{
    private const string Key = "reconstruction.";

    // The latest that the tasks have in common.
    private static readonly TapKind[] Sources = [TapKind.Output, TapKind.Attended, TapKind.Shortcut, TapKind.Hidden];

    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly Tap source;
    private readonly int grid;
    private readonly int patch;

    /// <param name="network">Gets the decoder's parameters.</param>
    /// <param name="seed">Of their first values.</param>
    public PictureDecoder(TrainableNetwork network, long seed)
    {
        BackboneConfig backbone = network.Config.Backbone;
        int stage = backbone.Depths.Count - 1;
        IReadOnlyList<TapKind> taps = new TapPlan(network.Config)[stage].Taps;
        source = new Tap(stage, Sources.First(taps.Contains));
        grid = backbone.GridSize(stage);
        patch = backbone.ImageSize / grid;
        int channels = source.Kind == TapKind.Hidden ? backbone.HiddenChannels(stage) : backbone.Channels(stage);
        int pixels = 3 * patch * patch;
        float[] first = AdapterValues.Uniform(seed, Key + "weight", pixels * channels, 1 / Math.Sqrt(channels));
        weight = network.Store.Add(new HostTensor(Key + "weight", [pixels, channels], first), ParameterRole.Auxiliary, null).Tensor;
        bias = network.Store.Add(new HostTensor(Key + "bias", [pixels], new float[pixels]), ParameterRole.Auxiliary, null).Tensor;
    }

    /// <summary>Features to a picture [B, 3, S, S].</summary>
    /// <remarks>Where every task has a last block of its own, the picture is drawn from what those blocks read.</remarks>
    public Tensor Draw(IReadOnlyDictionary<Tap, Tensor> taps)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor pixels = nn.functional.linear(taps[source], weight, bias).reshape(-1, grid, grid, 3, patch, patch);
        return scope.MoveToOuter(pixels.permute(0, 3, 1, 4, 2, 5).reshape(-1, 3, grid * patch, grid * patch));
    }
}
