namespace DiTask.Model.Data;

/// <summary>What is known of one task at every pixel of a picture.</summary>
/// <remarks>
/// <b>Shapes:</b> <see cref="Values"/> is [Channels, Height, Width]; three channels for normals, one for every other task. <b>Units:</b> class index,
/// 0 or 1, unit vector or metres. A pixel that is not known has <see cref="Void"/> in every channel.
/// </remarks>
public sealed class LabelMap
{
    /// <summary>The value of a pixel that is not known.</summary>
    public const float Void = 255;

    /// <summary>A map over <paramref name="values"/>, which it does not copy.</summary>
    /// <exception cref="ArgumentException">Sizes that are not positive, or another number of values.</exception>
    public LabelMap(int channels, int height, int width, float[] values)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(channels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentNullException.ThrowIfNull(values);
        if (values.LongLength != (long)channels * height * width)
        {
            throw new ArgumentException($"Expected {channels}x{height}x{width} values; found {values.Length}.", nameof(values));
        }

        Channels = channels;
        Height = height;
        Width = width;
        Values = values;
    }

    /// <summary>Numbers per pixel.</summary>
    public int Channels { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>All numbers.</summary>
    public float[] Values { get; }

    /// <summary>A map with every number changed.</summary>
    internal LabelMap Select(Func<float, float> change)
    {
        float[] changed = new float[Values.Length];
        for (int i = 0; i < changed.Length; i++)
        {
            changed[i] = change(Values[i]);
        }

        return new LabelMap(Channels, Height, Width, changed);
    }
}
