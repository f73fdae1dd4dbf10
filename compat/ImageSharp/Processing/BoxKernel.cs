namespace SixLabors.ImageSharp.Processing;

/// <summary>Source samples First..Last, each with the same weight: those whose centres lie in the box around a destination sample.</summary>
internal readonly record struct BoxKernel(int First, int Last, float Weight)
{
    public static BoxKernel[] Compute(int sourceLength, int destinationLength)
    {
        double ratio = (double)sourceLength / destinationLength;
        double radius = Math.Max(ratio, 1) / 2;
        BoxKernel[] kernels = new BoxKernel[destinationLength];
        for (int i = 0; i < kernels.Length; i++)
        {
            // Half open, (centre - radius, centre + radius]: a sample on a border belongs to one box. The slack absorbs rounding.
            const double Slack = 1e-9;
            double center = ((i + .5) * ratio) - .5;
            int first = Math.Max(0, (int)Math.Floor(center - radius + Slack) + 1);
            int last = Math.Clamp((int)Math.Floor(center + radius + Slack), first, sourceLength - 1);
            kernels[i] = new BoxKernel(first, last, 1F / (last - first + 1));
        }

        return kernels;
    }
}
