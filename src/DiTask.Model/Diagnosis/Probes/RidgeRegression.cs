using TorchSharp;
using static TorchSharp.torch;

namespace DiTask.Model.Diagnosis.Probes;

/// <summary>Least squares with a penalty on the weights of standardised inputs, in closed form and from sums: rows are seen once and not kept.</summary>
/// <param name="penalty">Per row: 1 shrinks what is explained by an input that stands alone to a half.</param>
internal sealed class RidgeRegression(double penalty) : IDisposable
{
    // An input that hardly varies is constant, and its weight 0.
    private const double LeastVariance = 1e-12;

    private Tensor? products;
    private Tensor? cross;
    private Tensor? inputs;
    private Tensor? outputs;
    private long rows;

    /// <summary>Adds rows.</summary>
    /// <param name="x">Inputs [n, D], float64.</param>
    /// <param name="y">Outputs [n, K], float64.</param>
    public void Add(Tensor x, Tensor y)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor transposed = x.transpose(0, 1);
        Sum(ref products, transposed.matmul(x));
        Sum(ref cross, transposed.matmul(y));
        Sum(ref inputs, x.sum(dim: 0));
        Sum(ref outputs, y.sum(dim: 0));
        rows += x.shape[0];
    }

    /// <summary>The map that explains the rows seen so far.</summary>
    /// <param name="task">What the outputs are, for the message.</param>
    /// <exception cref="DiagnosisException">There were none, or their features are not finite.</exception>
    public LinearMap Fit(string task)
    {
        if (products is null || cross is null || inputs is null || outputs is null || rows == 0)
        {
            throw new DiagnosisException($"No picture to probe {task} on has a label of it.");
        }

        using DisposeScope scope = NewDisposeScope();
        Tensor meanX = inputs.div(rows), meanY = outputs.div(rows);
        Tensor covariance = products.div(rows).sub(outer(meanX, meanX));
        Tensor variance = covariance.diag();
        Tensor scale = where(variance.gt(LeastVariance), variance.rsqrt(), zeros_like(variance));
        Tensor shrunk = covariance.mul(outer(scale, scale)).add(diag(full_like(scale, penalty)));
        Tensor relation = cross.div(rows).sub(outer(meanX, meanY)).mul(scale.unsqueeze(1));
        Tensor weight = linalg.solve(shrunk, relation).mul(scale.unsqueeze(1));
        if (!isfinite(weight).all().item<bool>())
        {
            throw new DiagnosisException($"The features that {task} is probed on are not all finite numbers.");
        }

        double[] mean = [.. meanY.to(CPU).data<double>()];
        return new LinearMap(weight.DetachFromDisposeScope(), meanY.sub(meanX.matmul(weight)).DetachFromDisposeScope(), mean);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        products?.Dispose();
        cross?.Dispose();
        inputs?.Dispose();
        outputs?.Dispose();
    }

    private static void Sum(ref Tensor? sum, Tensor value)
    {
        if (sum is null)
        {
            sum = value.DetachFromDisposeScope();
        }
        else
        {
            sum.add_(value);
        }
    }
}
