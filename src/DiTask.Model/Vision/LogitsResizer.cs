namespace DiTask.Model.Vision;

/// <summary>Logits at the head's resolution to logits at full size: what the authors' model returns.</summary>
/// <remarks>Bilinear, align_corners = false. Thread-safe: keeps the positions, which depend on the sizes only.</remarks>
public sealed class LogitsResizer
{
    private readonly BilinearTaps across;
    private readonly BilinearTaps down;

    /// <summary>A resize of planes [height, width] to [outputHeight, outputWidth].</summary>
    public LogitsResizer(int height, int width, int outputHeight, int outputWidth)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(outputHeight);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(outputWidth);
        across = new BilinearTaps(width, outputWidth);
        down = new BilinearTaps(height, outputHeight);
    }

    /// <summary>Resizes any number of planes.</summary>
    /// <param name="logits">[planes, height, width].</param>
    /// <param name="output">[planes, outputHeight, outputWidth].</param>
    /// <exception cref="ArgumentException">The lengths are not those of the same number of planes.</exception>
    public void Resize(ReadOnlySpan<float> logits, Span<float> output)
    {
        int plane = down.Input * across.Input;
        int outputPlane = down.Output * across.Output;
        int planes = logits.Length / plane;
        if (logits.Length != planes * plane || output.Length != (long)planes * outputPlane)
        {
            throw new ArgumentException(
                $"Expected n planes of {plane} and {outputPlane} values; found {logits.Length} and {output.Length}.", nameof(output));
        }

        float[] row = new float[across.Input];
        for (int i = 0; i < planes; i++)
        {
            for (int y = 0; y < down.Output; y++)
            {
                down.ReadRow(logits.Slice(i * plane, plane), across.Input, y, row);
                across.Expand(row, output.Slice((i * outputPlane) + (y * across.Output), across.Output));
            }
        }
    }
}
