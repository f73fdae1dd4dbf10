using static TorchSharp.torch;

namespace DiTask.Model.Diagnosis.Probes;

/// <summary>y = x W + b.</summary>
/// <param name="Weight">W [D, K], float64.</param>
/// <param name="Bias">b [K], float64.</param>
/// <param name="Mean">Mean of the outputs it was fitted to, [K].</param>
internal sealed record LinearMap(Tensor Weight, Tensor Bias, IReadOnlyList<double> Mean) : IDisposable
{
    /// <summary>[n, D] to [n, K].</summary>
    public Tensor Apply(Tensor x) => x.matmul(Weight).add(Bias);

    /// <inheritdoc/>
    public void Dispose()
    {
        Weight.Dispose();
        Bias.Dispose();
    }
}
