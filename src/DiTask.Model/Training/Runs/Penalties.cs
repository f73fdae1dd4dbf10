using DiTask.Model.Networks;
using DiTask.Model.Training.Adapters;
using DiTask.Model.Training.Config;
using DiTask.Model.Training.Network;
using DiTask.Model.Training.Regularization;
using static TorchSharp.torch;

namespace DiTask.Model.Training.Runs;

/// <summary>The penalties that a run has turned on.</summary>
internal sealed class Penalties : IDisposable
{
    private readonly L2StartingPoint? start;
    private readonly NuclearNorm? nuclear;
    private readonly SoftSharing? sharing;
    private readonly PictureDecoder? decoder;
    private readonly ReconstructionLoss? reconstruction;
    private readonly TrainableNetwork network;

    /// <param name="options">Their strengths.</param>
    /// <param name="network">The network at its first values. Gets the parameters that a penalty needs.</param>
    /// <param name="seed">Of their first values.</param>
    public Penalties(PenaltyOptions options, TrainableNetwork network, long seed)
    {
        this.network = network;
        start = options.L2Sp > 0
            ? new L2StartingPoint(network.Parameters.Where(parameter => parameter.Role is ParameterRole.Extra or ParameterRole.Backbone).Select(parameter => parameter.Tensor), strength: options.L2Sp)
            : null;
        nuclear = options.Nuclear > 0 ? new NuclearNorm(options.Nuclear) : null;
        sharing = options.SoftSharing > 0 ? new SoftSharing(options.SoftSharing) : null;
        if (options.Reconstruction > 0)
        {
            decoder = new PictureDecoder(network, seed);
            reconstruction = new ReconstructionLoss(options.Reconstruction);
        }
    }

    /// <summary>Their sum, with its gradient; null when there is none.</summary>
    /// <param name="images">[B, 3, S, S], as the network saw them.</param>
    /// <param name="taps">What its trunk made of them.</param>
    public Tensor? Compute(Tensor images, IReadOnlyDictionary<Tap, Tensor> taps) =>
        new[] { start?.Penalty(), nuclear?.OfSpectra(Warps().SelectMany(warp => warp.Spectra(null))), Sharing(), decoder is null ? null : reconstruction!.Compute(decoder.Draw(taps), images) }
            .OfType<Tensor>().Aggregate((Tensor?)null, (sum, term) => sum is null ? term : sum.add(term));

    /// <inheritdoc/>
    public void Dispose() => start?.Dispose();

    private IEnumerable<WarpAdapter> Warps() => network.Adapters.Values.OfType<WarpAdapter>();

    private Tensor? Sharing() => sharing is null ? null : Warps()
        .Select(warp => warp.Parameters.Where(theta => theta.Task is not null).Select(theta => (Tensor)theta.Tensor).ToArray())
        .Where(thetas => thetas.Length > 1)
        .Aggregate((Tensor?)null, (sum, thetas) => sum is null ? sharing.Pairwise(thetas) : sum.add(sharing.Pairwise(thetas)));
}
