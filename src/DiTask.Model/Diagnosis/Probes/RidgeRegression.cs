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
    /// <exception cref="DiagnosisException">There were none.</exception>
    public LinearMap Fit(string task)
    {
        if (products is null || cross is null || inputs is null || outputs is null || rows == 0)
        {
            throw new DiagnosisException($"No picture to probe {task} on has a label of it.");
        }

        using DisposeScope scope = NewDisposeScope();
        double[] covariance = Host(products.div(rows)), relation = Host(cross.div(rows)), meanX = Host(inputs.div(rows)), meanY = Host(outputs.div(rows));
        int n = meanX.Length, columns = meanY.Length;
        double[] scale = new double[n];
        for (int i = 0; i < n; i++)
        {
            double variance = covariance[(i * n) + i] - (meanX[i] * meanX[i]);
            scale[i] = variance > LeastVariance ? 1 / Math.Sqrt(variance) : 0;
        }

        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                covariance[(i * n) + j] = scale[i] * scale[j] * (covariance[(i * n) + j] - (meanX[i] * meanX[j]));
            }

            covariance[(i * n) + i] += penalty;
            for (int k = 0; k < columns; k++)
            {
                relation[(i * columns) + k] = scale[i] * (relation[(i * columns) + k] - (meanX[i] * meanY[k]));
            }
        }

        double[] mean = [.. meanY];
        double[] weight = Cholesky.Solve(covariance, relation, columns);
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < columns; k++)
            {
                weight[(i * columns) + k] *= scale[i];
                meanY[k] -= meanX[i] * weight[(i * columns) + k];
            }
        }

        Device device = products.device;
        return new LinearMap(tensor(weight, [n, columns], float64, device).DetachFromDisposeScope(), tensor(meanY, [columns], float64, device).DetachFromDisposeScope(), mean);
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

    private static double[] Host(Tensor values) => values.to(CPU).contiguous().data<double>().ToArray();
}
