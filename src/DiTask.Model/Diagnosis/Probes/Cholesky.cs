using System.Numerics;
using System.Runtime.InteropServices;

namespace DiTask.Model.Diagnosis.Probes;

/// <summary>Solves A x = b for a symmetric, positive definite A.</summary>
internal static class Cholesky
{
    /// <summary>The solution [n, columns], row by row.</summary>
    /// <param name="matrix">A [n, n], row by row; its lower half is overwritten by the factor.</param>
    /// <param name="right">b [n, columns], row by row.</param>
    /// <param name="columns">Right-hand sides.</param>
    /// <exception cref="ArgumentException">A is not positive definite.</exception>
    public static double[] Solve(double[] matrix, double[] right, int columns)
    {
        int n = right.Length / columns;
        Factorise(matrix, n);
        double[] solution = new double[right.Length];
        double[] x = new double[n];
        for (int column = 0; column < columns; column++)
        {
            for (int row = 0; row < n; row++)
            {
                x[row] = (right[(row * columns) + column] - Dot(matrix.AsSpan(row * n, row), x.AsSpan(0, row))) / matrix[(row * n) + row];
            }

            for (int row = n - 1; row >= 0; row--)
            {
                double sum = x[row];
                for (int below = row + 1; below < n; below++)
                {
                    sum -= matrix[(below * n) + row] * x[below];
                }

                x[row] = sum / matrix[(row * n) + row];
                solution[(row * columns) + column] = x[row];
            }
        }

        return solution;
    }

    private static void Factorise(double[] matrix, int n)
    {
        for (int row = 0; row < n; row++)
        {
            Span<double> own = matrix.AsSpan(row * n, n);
            for (int column = 0; column < row; column++)
            {
                own[column] = (own[column] - Dot(own[..column], matrix.AsSpan(column * n, column))) / matrix[(column * n) + column];
            }

            double square = own[row] - Dot(own[..row], own[..row]);
            own[row] = square > 0 ? Math.Sqrt(square) : throw new ArgumentException($"Expected a positive definite matrix; the pivot of row {row} is {square}.", nameof(matrix));
        }
    }

    private static double Dot(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        ReadOnlySpan<Vector<double>> a = MemoryMarshal.Cast<double, Vector<double>>(first);
        ReadOnlySpan<Vector<double>> b = MemoryMarshal.Cast<double, Vector<double>>(second);
        Vector<double> sums = Vector<double>.Zero;
        for (int i = 0; i < a.Length; i++)
        {
            sums += a[i] * b[i];
        }

        double sum = Vector.Sum(sums);
        for (int i = a.Length * Vector<double>.Count; i < first.Length; i++)
        {
            sum += first[i] * second[i];
        }

        return sum;
    }
}
