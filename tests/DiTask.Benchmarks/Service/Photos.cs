using DiTask.Tests;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace DiTask.Benchmarks.Service;

/// <summary>Photos to send.</summary>
internal static class Photos
{
    /// <summary>The bundled sample: 1200 x 900 pixels.</summary>
    public static byte[] Village { get; } = File.ReadAllBytes(Path.Combine(Fixture.Repository, "tests", "Fixtures", "photos", "village.jpg"));

    /// <summary>Sides from an icon to a 12-megapixel camera.</summary>
    public static IReadOnlyList<byte[]> Mixed { get; } =
    [
        Jpeg(16, 16), Jpeg(64, 48), Jpeg(448, 448), Jpeg(640, 480), Jpeg(1200, 900), Jpeg(1920, 1080), Jpeg(4000, 3000),
    ];

    /// <summary>A JPEG with something on every part of it.</summary>
    public static byte[] Jpeg(int width, int height)
    {
        Rgb24[] pixels = new Rgb24[width * height];
        for (int i = 0; i < pixels.Length; i++)
        {
            int x = i % width * 256 / width;
            int y = i / width * 256 / height;
            pixels[i] = new Rgb24((byte)x, (byte)y, (byte)(x * y >> 8));
        }

        using Image<Rgb24> image = Image.LoadPixelData<Rgb24>(pixels, width, height);
        using MemoryStream stream = new();
        image.SaveAsJpeg(stream);
        return stream.ToArray();
    }
}
