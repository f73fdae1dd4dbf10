using DiTask.Model.Training.Network;
using static TorchSharp.torch;

namespace DiTask.Model.Training.Adapters;

/// <summary>
/// The method as it is told in talks: a tiny network reads each singular value and gives it a factor in [0, 2] and a shift, then the values are
/// sorted. Order is kept by force here, where a diffeomorphism keeps it by nature.
/// </summary>
/// <param name="factors">The frozen weight.</param>
/// <param name="hidden">Weights [2, h]: slope and offset of the hidden units.</param>
/// <param name="output">Weights [h, 2]: factor and shift; 0 at the start, where the map is the identity.</param>
internal sealed class TeachingAdapter(SpectralFactors factors, TrainedParameter hidden, TrainedParameter output) : ILayerAdapter
{
    /// <inheritdoc/>
    public IReadOnlyList<TrainedParameter> Parameters { get; } = [hidden, output];

    /// <inheritdoc/>
    public Tensor Weight(string? task) => factors.Compose([.. factors.Blocks.Select(Spectrum)]);

    private Tensor Spectrum(SpectralFactors.Block block)
    {
        double largest = Math.Max(block.Sigma[0], double.Epsilon);
        Tensor inputs = block.SigmaTensor.div(largest).unsqueeze(1);                                            // [k, 1]
        Tensor units = inputs.mul(hidden.Tensor.narrow(0, 0, 1)).add(hidden.Tensor.narrow(0, 1, 1)).tanh();     // [k, h]
        Tensor outputs = units.matmul(output.Tensor);                                                           // [k, 2]
        Tensor factor = outputs.select(1, 0).sigmoid().mul(2);
        Tensor shift = outputs.select(1, 1).mul(largest);
        Tensor moved = block.SigmaTensor.mul(factor).add(shift).relu();

        // The order itself has no gradient; the values carry theirs to their new places.
        using Tensor host = moved.detach().to(CPU);
        float[] values = host.data<float>().ToArray();
        long[] order = [.. Enumerable.Range(0, values.Length).OrderByDescending(index => values[index]).Select(index => (long)index)];
        return moved.index_select(0, tensor(order, device: moved.device));
    }
}
