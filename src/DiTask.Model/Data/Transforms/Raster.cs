using DiTask.Model.Vision;

namespace DiTask.Model.Data.Transforms;

/// <summary>Numbers on a grid of pixels.</summary>
/// <remarks><b>Shapes:</b> the values are [Channels, Height, Width].</remarks>
internal readonly record struct Raster(int Channels, int Height, int Width, float[] Values)
{
    public static Raster Empty(int channels, int height, int width) => new(channels, height, width, new float[channels * height * width]);

    public static Raster Of(LabelMap map) => new(map.Channels, map.Height, map.Width, map.Values);

    public static Raster Of(RgbImage image)
    {
        Raster raster = Empty(3, image.Height, image.Width);
        ReadOnlySpan<byte> pixels = image.Pixels;
        int plane = image.Height * image.Width;
        for (int i = 0; i < plane; i++)
        {
            raster.Values[i] = pixels[3 * i];
            raster.Values[plane + i] = pixels[(3 * i) + 1];
            raster.Values[(2 * plane) + i] = pixels[(3 * i) + 2];
        }

        return raster;
    }

    public ReadOnlySpan<float> Plane(int channel) => Values.AsSpan(channel * Height * Width, Height * Width);

    /// <summary>Mirrored left to right.</summary>
    public Raster Flipped()
    {
        Raster mirrored = this with { Values = [.. Values] };
        for (int row = 0; row < Channels * Height; row++)
        {
            mirrored.Values.AsSpan(row * Width, Width).Reverse();
        }

        return mirrored;
    }
}
