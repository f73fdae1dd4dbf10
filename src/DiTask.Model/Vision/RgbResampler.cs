namespace DiTask.Model.Vision;

/// <summary>Resizes photos for people to look at; models get theirs from <see cref="Preprocessing"/>.</summary>
internal static class RgbResampler
{
    /// <summary>A resized copy: the average of the covered area when it shrinks, bilinear when it grows.</summary>
    public static RgbImage Resize(RgbImage source, int width, int height)
    {
        var result = new RgbImage(width, height);
        var across = new AreaTaps(source.Width, width);
        var down = new AreaTaps(source.Height, height);
        float[] sum = new float[width * 3];
        float[] row = new float[width * 3];
        for (int y = 0; y < height; y++)
        {
            Array.Clear(sum);
            for (int tap = 0; tap < down.Counts[y]; tap++)
            {
                ResizeRow(source.Row(down.Starts[y] + tap), across, row);
                float weight = down.Weight(y, tap);
                for (int i = 0; i < row.Length; i++)
                {
                    sum[i] += row[i] * weight;
                }
            }

            Span<byte> pixels = result.Row(y);
            for (int i = 0; i < sum.Length; i++)
            {
                pixels[i] = (byte)Math.Clamp(sum[i] + 0.5f, 0, 255);
            }
        }

        return result;
    }

    private static void ResizeRow(ReadOnlySpan<byte> source, AreaTaps taps, Span<float> row)
    {
        for (int x = 0; x < taps.Counts.Length; x++)
        {
            float red = 0, green = 0, blue = 0;
            int at = taps.Starts[x] * 3;
            for (int tap = 0; tap < taps.Counts[x]; tap++, at += 3)
            {
                float weight = taps.Weight(x, tap);
                red += source[at] * weight;
                green += source[at + 1] * weight;
                blue += source[at + 2] * weight;
            }

            row[3 * x] = red;
            row[(3 * x) + 1] = green;
            row[(3 * x) + 2] = blue;
        }
    }
}
