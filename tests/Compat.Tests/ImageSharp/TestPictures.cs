using DiTask.Tests;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace Compat.Tests.ImageSharp;

/// <summary>The two pictures of tests/Fixtures/images/make.py.</summary>
internal static class TestPictures
{
    public static readonly Size RampSize = new(13, 7);
    public static readonly Size BlocksSize = new(24, 16);

    // What quality 95 leaves of the flat squares.
    private const int LossyTolerance = 6;

    private static readonly Rgb24[] BlockColours =
        [new(200, 30, 30), new(30, 200, 30), new(30, 30, 200), new(220, 220, 40), new(40, 220, 220), new(120, 120, 120)];

    public static byte[] Read(string name) => File.ReadAllBytes(Fixture.Path("images", name));

    public static Rgb24 Ramp(int x, int y) => new((byte)(20 * x), (byte)(40 * y), (byte)((7 * x) + (11 * y)));

    public static Rgb48 Ramp16(int x, int y) =>
        new((ushort)((5000 * x) + 3), (ushort)((9000 * y) + 5), (ushort)((700 * x) + (1100 * y) + 7));

    public static L8 RampGray(int x, int y) => new((byte)((20 * x) + (3 * y)));

    public static L16 RampGray16(int x, int y) => new((ushort)((5000 * x) + (77 * y)));

    public static Rgb24 Block(int x, int y) => BlockColours[(x / 8) + (3 * (y / 8))];

    public static void AssertEqual<TPixel>(Image<TPixel> image, Size size, Func<int, int, TPixel> expected)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        Assert.Equal(size, image.Size);
        for (int y = 0; y < size.Height; y++)
        {
            for (int x = 0; x < size.Width; x++)
            {
                Assert.True(expected(x, y).Equals(image[x, y]), $"Pixel ({x}, {y}): expected {expected(x, y)}, found {image[x, y]}.");
            }
        }
    }

    public static void AssertBlocks(Image<Rgb24> image)
    {
        Assert.Equal(BlocksSize, image.Size);
        for (int y = 0; y < image.Height; y++)
        {
            for (int x = 0; x < image.Width; x++)
            {
                AssertClose(Block(x, y), image[x, y], LossyTolerance, x, y);
            }
        }
    }

    public static void AssertClose(Rgb24 expected, Rgb24 found, int tolerance, int x, int y)
    {
        int difference = Math.Max(Math.Abs(expected.R - found.R), Math.Max(Math.Abs(expected.G - found.G), Math.Abs(expected.B - found.B)));
        Assert.True(difference <= tolerance, $"Pixel ({x}, {y}): expected {expected} within {tolerance}, found {found}.");
    }
}
