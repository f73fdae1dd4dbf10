namespace DiTask.Model.Evaluation.Metrics;

/// <summary>Angle between predicted and labelled normals, in degrees, pooled over all pixels of a set.</summary>
internal sealed class AngularError
{
    // The median is read from a histogram: a set has a thousand million pixels, which cannot be kept and sorted.
    private const double BinDegrees = 0.01;
    private const int Bins = 18001;

    private static readonly double[] Limits = [11.25, 22.5, 30];

    private readonly long[] histogram = new long[Bins];
    private readonly long[] within = new long[Limits.Length];
    private double sum;
    private double sumOfSquares;
    private double referenceSum;

    /// <summary>Pixels measured.</summary>
    public long Count { get; private set; }

    /// <summary>Mean angle.</summary>
    public double Mean => sum / Count;

    /// <summary>Root of the mean squared angle.</summary>
    public double Rmse => Math.Sqrt(sumOfSquares / Count);

    /// <summary>What the authors' code prints as rmse: the mean angle, through an 8-bit scale and an arc cosine in float32.</summary>
    /// <remarks><b>Source:</b> evaluation/eval_normals_v1.py @7541c55.</remarks>
    public double ReferenceRmse => referenceSum / Count;

    /// <summary>Share of the pixels below 11.25, 22.5 and 30 degrees.</summary>
    public double Within(int limit) => (double)within[limit] / Count;

    /// <summary>Adds pixels.</summary>
    /// <param name="predicted">[3, n], of any length but finite.</param>
    /// <param name="label">[3, n].</param>
    /// <param name="known">[n]; a labelled vector of length 0 has no direction and is left out, too.</param>
    public void Add(ReadOnlySpan<float> predicted, ReadOnlySpan<float> label, ReadOnlySpan<bool> known)
    {
        int plane = known.Length;
        for (int i = 0; i < plane; i++)
        {
            double gx = label[i], gy = label[i + plane], gz = label[i + (2 * plane)];
            double labelNorm = Norm(gx, gy, gz);
            if (!known[i] || labelNorm == 0)
            {
                continue;
            }

            double px = predicted[i], py = predicted[i + plane], pz = predicted[i + (2 * plane)];
            double norm = Math.Max(Norm(px, py, pz), 1e-12);
            (px, py, pz) = (px / norm, py / norm, pz / norm);
            referenceSum += ReferenceAngle(px, py, pz, gx, gy, gz);
            (gx, gy, gz) = (gx / labelNorm, gy / labelNorm, gz / labelNorm);
            // Unlike the arc cosine of the product, this keeps all digits near 0 and 180 degrees.
            AddAngle(double.RadiansToDegrees(2 * Math.Atan2(Norm(px - gx, py - gy, pz - gz), Norm(px + gx, py + gy, pz + gz))));
        }
    }

    /// <summary>Adds one angle.</summary>
    public void AddAngle(double degrees)
    {
        Count++;
        sum += degrees;
        sumOfSquares += degrees * degrees;
        histogram[Math.Min((int)(degrees / BinDegrees), Bins - 1)]++;
        for (int limit = 0; limit < Limits.Length; limit++)
        {
            within[limit] += degrees < Limits[limit] ? 1 : 0;
        }
    }

    public void Merge(AngularError other)
    {
        Count += other.Count;
        sum += other.sum;
        sumOfSquares += other.sumOfSquares;
        referenceSum += other.referenceSum;
        for (int bin = 0; bin < Bins; bin++)
        {
            histogram[bin] += other.histogram[bin];
        }

        for (int limit = 0; limit < within.Length; limit++)
        {
            within[limit] += other.within[limit];
        }
    }

    /// <summary>Median angle, to 0.01 degrees; NaN of nothing.</summary>
    public double Median()
    {
        double half = Count / 2.0;
        long before = 0;
        for (int bin = 0; bin < Bins && Count > 0; bin++)
        {
            if (before + histogram[bin] >= half)
            {
                return (bin + ((half - before) / histogram[bin])) * BinDegrees;
            }

            before += histogram[bin];
        }

        return double.NaN;
    }

    private static double ReferenceAngle(double px, double py, double pz, double gx, double gy, double gz)
    {
        double product = (Quantised(px) * gx) + (Quantised(py) * gy) + (Quantised(pz) * gz);
        return double.RadiansToDegrees(Math.Acos(Math.Clamp(product, -1, 1)));
    }

    private static float Quantised(double component) => (2 * (((float)component + 1) * 255 / 2) / 255) - 1;

    private static double Norm(double x, double y, double z) => Math.Sqrt((x * x) + (y * y) + (z * z));
}
