using DiTask.Model.Training.Network;
using static TorchSharp.torch;

namespace DiTask.Model.Training.Adapters;

/// <summary>Every singular value is free: sigma plus an offset of its own, 0 at the start.</summary>
/// <remarks><b>Source:</b> singular value fine-tuning (Sun et al., NeurIPS 2022), a rival of DiTASK.</remarks>
internal sealed class FreeSpectrumAdapter(SpectralFactors factors, TrainedParameter offsets) : ILayerAdapter
{
    /// <inheritdoc/>
    public IReadOnlyList<TrainedParameter> Parameters { get; } = [offsets];

    /// <inheritdoc/>
    public Tensor Weight(string? task)
    {
        List<Tensor> spectra = [];
        int start = 0;
        foreach (SpectralFactors.Block block in factors.Blocks)
        {
            spectra.Add(block.SigmaTensor.add(offsets.Tensor.narrow(0, start, block.Sigma.Length)));
            start += block.Sigma.Length;
        }

        return factors.Compose(spectra);
    }
}
