namespace DiTask.Model.Evaluation;

/// <summary>Full-size logits to what they say, pixel by pixel. Reference specification 4.4.</summary>
internal static class LogitMaps
{
    /// <summary>The first channel with the largest logit.</summary>
    /// <param name="logits">[c, n].</param>
    /// <param name="labels">[n].</param>
    public static void ArgMax(ReadOnlySpan<float> logits, Span<byte> labels)
    {
        int plane = labels.Length;
        float[] best = logits[..plane].ToArray();
        labels.Clear();
        for (int channel = 1; channel * plane < logits.Length; channel++)
        {
            ReadOnlySpan<float> values = logits.Slice(channel * plane, plane);
            for (int i = 0; i < plane; i++)
            {
                if (values[i] > best[i])
                {
                    best[i] = values[i];
                    labels[i] = (byte)channel;
                }
            }
        }
    }

    /// <summary>1 / (1 + exp(-x)); the two spans may be the same.</summary>
    public static void Sigmoid(ReadOnlySpan<float> logits, Span<float> probability)
    {
        for (int i = 0; i < logits.Length; i++)
        {
            probability[i] = 1 / (1 + MathF.Exp(-logits[i]));
        }
    }
}
