namespace DiTask.Model.Vision;

/// <summary>Where each output position of a cubic resize reads, and with which weights.</summary>
/// <remarks>
/// Keys' kernel with a = -0.75 at (dst + 0.5) * input / output - 0.5, four taps, no low-pass filter, border repeated.
/// Position and weights are rounded to float32 as the reference's image library does, the sums are float64: the fraction of the sum is cut
/// off later, so that a last-bit difference would show as a whole grey level.
/// </remarks>
internal sealed class CubicTaps
{
    private const float A = -0.75f;

    public CubicTaps(int input, int output)
    {
        Weights = new double[output * 4];
        Indices = new int[output * 4];
        double scale = 1 / ((double)output / input);
        for (int i = 0; i < output; i++)
        {
            float position = (float)(((i + 0.5) * scale) - 0.5);
            int floor = (int)MathF.Floor(position);
            Weigh(Weights.AsSpan(i * 4, 4), position - floor);
            for (int tap = 0; tap < 4; tap++)
            {
                Indices[(i * 4) + tap] = Math.Clamp(floor - 1 + tap, 0, input - 1);
            }
        }
    }

    /// <summary>[output, 4].</summary>
    public double[] Weights { get; }

    /// <summary>[output, 4], each in the input.</summary>
    public int[] Indices { get; }

    /// <summary>Weights of the pixels at -1, 0, 1 and 2 for a position <paramref name="x"/> in [0, 1).</summary>
    public static void Weigh(Span<double> weights, float x)
    {
        float before = (((((A * (x + 1)) - (5 * A)) * (x + 1)) + (8 * A)) * (x + 1)) - (4 * A);
        float left = ((((A + 2) * x) - (A + 3)) * x * x) + 1;
        float right = ((((A + 2) * (1 - x)) - (A + 3)) * (1 - x) * (1 - x)) + 1;
        weights[0] = before;
        weights[1] = left;
        weights[2] = right;
        weights[3] = 1f - before - left - right;
    }
}
