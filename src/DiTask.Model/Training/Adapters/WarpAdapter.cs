using DiTask.Model.Cpab;
using DiTask.Model.Training.Network;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DiTask.Model.Training.Adapters;

/// <summary>DiTASK: a theta moves the singular values, the singular vectors stay. The shared theta and those of the tasks each act on the frozen weight.</summary>
/// <remarks><b>Source:</b> reference specification 1.5, 2.3, 2.4.</remarks>
internal sealed class WarpAdapter : ILayerAdapter
{
    private readonly Tensor frozen;
    private readonly SpectralFactors factors;
    private readonly ISpectrumWarp warp;
    private readonly Parameter? shared;
    private readonly Dictionary<string, Parameter> tasks;

    /// <param name="frozen">The frozen weight, for streams without a theta.</param>
    /// <param name="factors">The same taken apart.</param>
    /// <param name="warp">What a theta does to a spectrum.</param>
    /// <param name="thetas">The shared theta, whose task is null, and those of tasks; each [1, n-1].</param>
    public WarpAdapter(Tensor frozen, SpectralFactors factors, ISpectrumWarp warp, IReadOnlyList<TrainedParameter> thetas)
    {
        this.frozen = frozen;
        this.factors = factors;
        this.warp = warp;
        Parameters = thetas;
        shared = thetas.FirstOrDefault(theta => theta.Task is null)?.Tensor;
        tasks = thetas.Where(theta => theta.Task is not null).ToDictionary(theta => theta.Task!, theta => theta.Tensor);
    }

    /// <inheritdoc/>
    public IReadOnlyList<TrainedParameter> Parameters { get; }

    /// <inheritdoc/>
    public Tensor Weight(string? task) => ThetaOf(task) is { } theta ? factors.Compose([.. factors.Blocks.Select(block => Warped(block, theta))]) : frozen;

    /// <summary>The frozen singular values of each block, descending.</summary>
    public IReadOnlyList<double[]> Sigma => [.. factors.Blocks.Select(block => block.Sigma)];

    /// <summary>The singular values of each block in the stream of <paramref name="task"/>, with their gradient.</summary>
    public IReadOnlyList<Tensor> Spectra(string? task) =>
        [.. factors.Blocks.Select(block => ThetaOf(task) is { } theta ? Warped(block, theta) : block.SigmaTensor)];

    private Parameter? ThetaOf(string? task) => task is null ? shared : tasks[task];

    // Value + J (theta - stop(theta)): the exact value, whose gradient is the exact Jacobian.
    private Tensor Warped(SpectralFactors.Block block, Parameter theta)
    {
        double[] numbers = Numbers(theta);
        double[] warped = new double[block.Sigma.Length];
        warp.Apply(block.Sigma, numbers, warped);
        Tensor value = tensor(warped, float32, theta.device);
        if (!is_grad_enabled() || !theta.requires_grad)
        {
            return value;
        }

        double[] jacobian = new double[warped.Length * numbers.Length];
        warp.Jacobian(block.Sigma, numbers, jacobian);
        Tensor slope = tensor(jacobian, [warped.Length, numbers.Length], float32, theta.device);
        return value.add(slope.matmul(theta.sub(theta.detach()).reshape(numbers.Length)));
    }

    private static double[] Numbers(Parameter theta)
    {
        using Tensor host = theta.detach().to(CPU).to(float64);
        return host.data<double>().ToArray();
    }
}
