namespace DiTask.Model.Vision;

/// <summary>Gathers <see cref="MapStatistics"/> row by row.</summary>
internal sealed class StatisticsCollector
{
    private readonly long[] counts = new long[256];
    private long pixels;
    private double min = double.PositiveInfinity;
    private double max = double.NegativeInfinity;
    private double sum;

    public static MapStatistics OfScalars(TaskDecoder map)
    {
        StatisticsCollector collector = new();
        float[] row = new float[map.Width];
        for (int y = 0; y < map.Height; y++)
        {
            map.ReadValues(y, row);
            collector.Add(row);
        }

        return collector.Scalars();
    }

    public void Add(ReadOnlySpan<byte> labels)
    {
        foreach (byte label in labels)
        {
            counts[label]++;
        }

        pixels += labels.Length;
    }

    public void Add(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (float.IsFinite(value))
            {
                min = Math.Min(min, value);
                max = Math.Max(max, value);
                sum += value;
                pixels++;
            }
        }
    }

    public MapStatistics Labels(int classes)
    {
        double[] fractions = new double[classes];
        for (int label = 0; label < classes; label++)
        {
            fractions[label] = (double)counts[label] / pixels;
        }

        return new MapStatistics { Fractions = fractions };
    }

    public MapStatistics Scalars() => pixels == 0 ? new MapStatistics() : new MapStatistics { Min = min, Mean = sum / pixels, Max = max };
}
