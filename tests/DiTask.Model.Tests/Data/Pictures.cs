using System.Runtime.InteropServices;
using DiTask.Model.Data;
using DiTask.Model.Vision;

namespace DiTask.Tests.Data;

/// <summary>Small pictures and label files made by code.</summary>
internal static class Pictures
{
    public static RgbImage Image(int width, int height, Func<int, int, (int R, int G, int B)> color)
    {
        RgbImage image = new(width, height);
        for (int i = 0; i < width * height; i++)
        {
            (int r, int g, int b) = color(i % width, i / width);
            (image.Pixels[3 * i], image.Pixels[(3 * i) + 1], image.Pixels[(3 * i) + 2]) = ((byte)r, (byte)g, (byte)b);
        }

        return image;
    }

    public static LabelMap Map(int width, int height, Func<int, int, float> value) =>
        new(1, height, width, [.. Enumerable.Range(0, width * height).Select(i => value(i % width, i / width))]);

    public static LabelMap Normals(int width, int height, Func<int, int, (float X, float Y, float Z)> value)
    {
        float[] values = new float[3 * width * height];
        for (int i = 0; i < width * height; i++)
        {
            (values[i], values[(width * height) + i], values[(2 * width * height) + i]) = value(i % width, i / width);
        }

        return new LabelMap(3, height, width, values);
    }

    public static void WriteImage(string path, RgbImage image)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using FileStream file = File.Create(path);
        MapEncoder.WriteRgb(file, image);
    }

    /// <summary>Grey or palette PNG of 8 or 16 bits.</summary>
    public static void WritePng(string path, int width, int height, int bits, Func<int, int, int> value, bool indexed = false)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using FileStream file = File.Create(path);
        // The palette's colours repeat: an index has to come from the samples, not from a colour.
        using PngWriter png = new(file, width, height, indexed ? PngColor.Indexed : PngColor.Gray, bits, new byte[768], labels: true);
        for (int y = 0; y < height; y++)
        {
            png.WriteRow([.. Enumerable.Range(0, width).SelectMany(x => bits == 8 ? [(byte)value(x, y)] : new[] { (byte)(value(x, y) >> 8), (byte)value(x, y) })]);
        }

        png.Finish();
    }

    public static void WriteNpy<T>(string path, string descr, int[] shape, params T[] values)
        where T : unmanaged
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using FileStream file = File.Create(path);
        NpyFile.WriteHeader(file, descr, shape);
        file.Write(MemoryMarshal.AsBytes(values.AsSpan()));
    }

    public static void WriteText(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
