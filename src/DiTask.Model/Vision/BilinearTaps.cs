using System.Numerics;

namespace DiTask.Model.Vision;

/// <summary>Where each output position of a bilinear resize (align_corners = false) reads, and with which weights.</summary>
/// <remarks>
/// Positions that share a left neighbour form a run: within it the two neighbours are constants, so that a run is computed in vectors.
/// <para><b>Source:</b> reference specification 4.2; float32 as in the reference.</para>
/// </remarks>
internal sealed class BilinearTaps
{
    public BilinearTaps(int input, int output)
    {
        Input = input;
        Output = output;
        Left = new int[output];
        LeftWeights = new float[output];
        RightWeights = new float[output];
        RunStarts = new int[input + 1];
        float scale = (float)input / output;
        for (int i = 0; i < output; i++)
        {
            float position = Math.Max((scale * (i + 0.5f)) - 0.5f, 0);
            int left = Math.Min((int)position, input - 1);
            Left[i] = left;
            RightWeights[i] = Math.Clamp(position - left, 0, 1);
            LeftWeights[i] = 1 - RightWeights[i];
            RunStarts[left + 1] = i + 1;
        }

        for (int i = 1; i <= input; i++)
        {
            RunStarts[i] = Math.Max(RunStarts[i], RunStarts[i - 1]);
        }
    }

    public int Input { get; }

    public int Output { get; }

    /// <summary>Left neighbour of each position.</summary>
    public int[] Left { get; }

    public float[] LeftWeights { get; }

    public float[] RightWeights { get; }

    /// <summary>[Input + 1]: the positions whose left neighbour is i are RunStarts[i] up to RunStarts[i + 1].</summary>
    public int[] RunStarts { get; }

    /// <summary>Right neighbour of the input position <paramref name="left"/>.</summary>
    public int RightOf(int left) => Math.Min(left + 1, Input - 1);

    /// <summary>Row <paramref name="y"/> of a plane [Input, width] resized down.</summary>
    public void ReadRow(ReadOnlySpan<float> plane, int width, int y, Span<float> row)
    {
        ReadOnlySpan<float> above = plane.Slice(Left[y] * width, width);
        ReadOnlySpan<float> below = plane.Slice(RightOf(Left[y]) * width, width);
        float aboveWeight = LeftWeights[y], belowWeight = RightWeights[y];
        int x = 0;
        for (; x <= width - Vector<float>.Count; x += Vector<float>.Count)
        {
            ((new Vector<float>(above[x..]) * aboveWeight) + (new Vector<float>(below[x..]) * belowWeight)).CopyTo(row[x..]);
        }

        for (; x < width; x++)
        {
            row[x] = (above[x] * aboveWeight) + (below[x] * belowWeight);
        }
    }

    /// <summary>A row [Input] resized across to [Output].</summary>
    public void Expand(ReadOnlySpan<float> row, Span<float> output)
    {
        for (int i = 0; i < Input; i++)
        {
            float left = row[i], right = row[RightOf(i)];
            int x = RunStarts[i], end = RunStarts[i + 1];
            for (; x <= end - Vector<float>.Count; x += Vector<float>.Count)
            {
                Vector<float> weighted = new Vector<float>(LeftWeights, x) * left;
                (weighted + (new Vector<float>(RightWeights, x) * right)).CopyTo(output[x..]);
            }

            for (; x < end; x++)
            {
                output[x] = (LeftWeights[x] * left) + (RightWeights[x] * right);
            }
        }
    }

    /// <summary>Expands a row of one class and takes its label where it beats the best so far.</summary>
    public void ExpandMax(ReadOnlySpan<float> row, int label, Span<float> best, Span<int> labels)
    {
        var labelVector = new Vector<int>(label);
        for (int i = 0; i < Input; i++)
        {
            float left = row[i], right = row[RightOf(i)];
            int x = RunStarts[i], end = RunStarts[i + 1];
            for (; x <= end - Vector<float>.Count; x += Vector<float>.Count)
            {
                Vector<float> value = (new Vector<float>(LeftWeights, x) * left) + (new Vector<float>(RightWeights, x) * right);
                var top = new Vector<float>(best[x..]);
                Vector<int> wins = Vector.GreaterThan(value, top);
                Vector.ConditionalSelect(wins, value, top).CopyTo(best[x..]);
                Vector.ConditionalSelect(wins, labelVector, new Vector<int>(labels[x..])).CopyTo(labels[x..]);
            }

            for (; x < end; x++)
            {
                float value = (LeftWeights[x] * left) + (RightWeights[x] * right);
                if (value > best[x])
                {
                    best[x] = value;
                    labels[x] = label;
                }
            }
        }
    }
}
