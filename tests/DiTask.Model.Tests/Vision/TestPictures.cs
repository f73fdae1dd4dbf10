using DiTask.Model.Vision;
using DiTask.Tests;

namespace DiTask.Model.Tests.Vision;

/// <summary>The pictures of tests/Fixtures/images/make.py, and what is done to them.</summary>
internal static class TestPictures
{
    /// <summary>What JPEG leaves of flat squares at quality 95.</summary>
    public const int LossyTolerance = 6;

    public static readonly DecodeLimits Limits = new();

    // Picture "blocks", 24x16: six flat squares of 8x8.
    private static readonly byte[][] BlockColours =
        [[200, 30, 30], [30, 200, 30], [30, 30, 200], [220, 220, 40], [40, 220, 220], [120, 120, 120]];

    /// <summary>Every small picture of an accepted format.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Directory.EnumerateFiles(Fixture.Path("images")).Select(path => Path.GetFileName(path)!)
            .Where(name => Path.GetExtension(name) is ".jpg" or ".png" or ".webp" or ".bmp")
            .Where(name => !name.StartsWith("photo", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    public static byte[] Read(string name) => File.ReadAllBytes(Fixture.Path("images", name));

    public static byte[] Case(string name) => File.ReadAllBytes(Fixture.Path("cases", name));

    /// <summary>Picture "ramp", 13x7.</summary>
    public static byte[] Ramp(int x, int y) => [(byte)(20 * x), (byte)(40 * y), (byte)((7 * x) + (11 * y))];

    public static byte[] Block(int x, int y) => BlockColours[(x / 8) + (3 * (y / 8))];

    public static byte[] Pixel(RgbImage image, int x, int y) => image.Row(y).Slice(3 * x, 3).ToArray();

    public static byte[] Pixels(ReadOnlySpan<byte> file)
    {
        using RgbImage image = ImageDecoder.Decode(file, Limits);
        return image.Pixels.ToArray();
    }

    public static void AssertBlocks(RgbImage image)
    {
        Assert.Equal((24, 16), (image.Width, image.Height));
        for (int y = 0; y < 16; y++)
        {
            for (int x = 0; x < 24; x++)
            {
                AssertClose(Block(x, y), Pixel(image, x, y), LossyTolerance);
            }
        }
    }

    public static void AssertClose(byte[] expected, byte[] found, int tolerance)
    {
        for (int channel = 0; channel < 3; channel++)
        {
            Assert.InRange(found[channel], expected[channel] - tolerance, expected[channel] + tolerance);
        }
    }

    /// <summary>
    /// Asserts that the file is refused for <paramref name="reason"/> with a message that has <paramref name="part"/> in it.
    /// </summary>
    public static void AssertRejected(ImageRejection reason, byte[] file, string part, DecodeLimits? limits = null)
    {
        ImageRejectedException exception =
            Assert.Throws<ImageRejectedException>(() => ImageDecoder.Decode(file, limits ?? Limits).Dispose());

        Assert.Equal(reason, exception.Reason);
        Assert.Contains(part, exception.Message, StringComparison.Ordinal);
    }

    /// <summary>As above, and the refusal takes no memory for the picture.</summary>
    public static void AssertRejectedCheaply(ImageRejection reason, byte[] file, string part)
    {
        const long MostBytes = 4 << 20;
        long before = GC.GetAllocatedBytesForCurrentThread();

        AssertRejected(reason, file, part);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
    }
}
