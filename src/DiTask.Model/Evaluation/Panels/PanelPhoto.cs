using DiTask.Model.Artifacts;
using DiTask.Model.Vision;

namespace DiTask.Model.Evaluation.Panels;

/// <summary>A network's input back to a picture.</summary>
public static class PanelPhoto
{
    /// <summary>Undoes the normalisation; the caller disposes the picture.</summary>
    /// <param name="image">[3, S, S].</param>
    /// <param name="input">What was subtracted and divided by.</param>
    /// <exception cref="ArgumentException">Not a square of three channels.</exception>
    public static RgbImage Of(ReadOnlySpan<float> image, InputSpec input)
    {
        ArgumentNullException.ThrowIfNull(input);
        int side = (int)Math.Round(Math.Sqrt(image.Length / 3.0));
        if (image.Length != 3 * side * side)
        {
            throw new ArgumentException($"Expected [3,S,S]; found {image.Length} values.", nameof(image));
        }

        RgbImage photo = new(side, side);
        Span<byte> pixels = photo.Pixels;
        for (int channel = 0; channel < 3; channel++)
        {
            for (int i = 0; i < side * side; i++)
            {
                float value = (image[(channel * side * side) + i] * input.Std[channel]) + input.Mean[channel];
                pixels[(3 * i) + channel] = (byte)Math.Clamp((value * 255) + 0.5f, 0, 255);
            }
        }

        return photo;
    }
}
