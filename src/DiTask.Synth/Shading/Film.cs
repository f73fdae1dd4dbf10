using System.Numerics;
using DiTask.Model.Vision;

namespace DiTask.Synth.Shading;

/// <summary>From linear light to bytes: exposure, colour cast, vignetting, gamma, noise of the sensor.</summary>
internal sealed record Film
{
    private const float Gamma = 1 / 2.2f;

    /// <summary>Mean brightness of the picture, 0 to 1, after gamma.</summary>
    public float Exposure { get; init; } = 0.45f;

    /// <summary>Gain of each channel.</summary>
    public Vector3 Balance { get; init; } = Vector3.One;

    /// <summary>Light lost in the corners, 0 to 1.</summary>
    public float Vignetting { get; init; }

    /// <summary>Standard deviation of the noise, of 1.</summary>
    public float Noise { get; init; }

    public uint Key { get; init; }

    /// <summary>Develops a picture.</summary>
    public void Develop(ReadOnlySpan<Vector3> light, RgbImage picture)
    {
        float gain = Gain(light);
        int size = picture.Width;
        Span<byte> pixels = picture.Pixels;
        for (int i = 0; i < light.Length; i++)
        {
            float x = ((2 * (i % size)) + 1f) / size - 1, y = ((2 * (i / size)) + 1f) / size - 1;
            Vector3 color = light[i] * Balance * (gain * (1 - (0.5f * Vignetting * ((x * x) + (y * y)))));
            // Bright light bends towards white instead of being cut off.
            color /= Vector3.One + (0.18f * color);
            uint hash = Shading.Noise.Hash(i, 0, 0, Key);
            for (int channel = 0; channel < 3; channel++)
            {
                float level = MathF.Pow(Math.Clamp(1.1f * color[channel], 0, 1), Gamma) + (Noise * Bell(hash + (uint)channel));
                pixels[(3 * i) + channel] = (byte)Math.Clamp((255 * level) + 0.5f, 0, 255);
            }
        }
    }

    private float Gain(ReadOnlySpan<Vector3> light)
    {
        // The mean of the logarithm, so that a lamp or a window does not make the room dark.
        double sum = 0;
        foreach (Vector3 color in light)
        {
            sum += Math.Log(0.01 + Vector3.Dot(color, new(0.3f, 0.6f, 0.1f)));
        }

        return (float)(Math.Pow(Exposure, 2.2) / Math.Exp(sum / light.Length));
    }

    // The sum of four uniform numbers, scaled to a deviation of 1, is near enough to a bell.
    private static float Bell(uint hash)
    {
        hash = Shading.Noise.Hash((int)hash, 1, 2);
        float sum = (hash & 255) + ((hash >> 8) & 255) + ((hash >> 16) & 255) + (hash >> 24);
        return (sum - 510) / 147.8f;
    }
}
