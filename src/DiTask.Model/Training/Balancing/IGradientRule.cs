namespace DiTask.Model.Training.Balancing;

/// <summary>
/// A method that combines the tasks' gradients g_i in the shared parameters. All of them end in a sum of c_i g_i, and need no more than the inner
/// products to find c: the long vectors are touched only to make those and the sum.
/// </summary>
internal interface IGradientRule
{
    /// <summary>c.</summary>
    /// <param name="gram">g_i . g_j, finite.</param>
    /// <param name="losses">lambda_i L_i.</param>
    /// <param name="step">Number of the optimizer step.</param>
    double[] Coefficients(double[,] gram, double[] losses, long step);
}
