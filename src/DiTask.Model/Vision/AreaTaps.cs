namespace DiTask.Model.Vision;

/// <summary>Triangle filter whose support grows with the reduction: bilinear for enlargements, an area average for reductions.</summary>
internal sealed class AreaTaps
{
    private readonly float[] weights;
    private readonly int stride;

    public AreaTaps(int input, int output)
    {
        double scale = (double)input / output;
        double support = Math.Max(scale, 1);
        stride = (int)Math.Ceiling(2 * support) + 1;
        weights = new float[output * stride];
        Starts = new int[output];
        Counts = new int[output];
        for (int i = 0; i < output; i++)
        {
            double center = ((i + 0.5) * scale) - 0.5;
            int first = Math.Max((int)Math.Ceiling(center - support), 0);
            int last = Math.Min((int)Math.Floor(center + support), input - 1);
            Starts[i] = first;
            Counts[i] = last - first + 1;
            double total = 0;
            for (int j = first; j <= last; j++)
            {
                total += Triangle(j, center, support);
            }

            for (int j = first; j <= last; j++)
            {
                weights[(i * stride) + j - first] = (float)(Triangle(j, center, support) / total);
            }
        }
    }

    /// <summary>First input position of each output position.</summary>
    public int[] Starts { get; }

    /// <summary>Number of input positions of each output position.</summary>
    public int[] Counts { get; }

    public float Weight(int output, int tap) => weights[(output * stride) + tap];

    private static double Triangle(int position, double center, double support) => Math.Max(1 - (Math.Abs(position - center) / support), 0);
}
