using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.PixelFormats;

namespace Compat.Tests.ImageSharp;

public class TargetSizeTests
{
    [Theory]
    [InlineData("photo.jpg", 448, 448, 448, 336)]
    [InlineData("photo.jpg", 300, 225, 300, 225)]
    [InlineData("photo.jpg", 100, 500, 100, 75)]
    [InlineData("photo.png", 0, 90, 120, 90)]
    [InlineData("photo.png", 448, 448, 448, 336)]
    [InlineData("photo.webp", 448, 200, 267, 200)]
    [InlineData("png-rgb8.png", 26, 26, 26, 14)]
    public void Load_TargetSize_FitsTheBoxAndKeepsTheAspect(string name, int width, int height, int expectedWidth, int expectedHeight)
    {
        using var image = Image.Load<Rgb24>(new DecoderOptions { TargetSize = new Size(width, height) }, TestPictures.Read(name));

        Assert.Equal(new Size(expectedWidth, expectedHeight), image.Size);
    }

    [Fact]
    public void Load_TargetWithOneSideInCommon_LeavesThePicture()
    {
        using var image = Image.Load<Rgb24>(new DecoderOptions { TargetSize = new Size(13, 3) }, TestPictures.Read("png-rgb8.png"));

        TestPictures.AssertEqual(image, TestPictures.RampSize, TestPictures.Ramp);
    }

    // The decoder's own scaling and the filter must show the same scene as the filter alone.
    [Fact]
    public void Load_JpegScaledByTheDecoder_IsCloseToTheBoxAverage()
    {
        byte[] bytes = TestPictures.Read("photo.jpg");
        using var full = Image.Load<Rgb24>(bytes);
        using var quarter = Image.Load<Rgb24>(new DecoderOptions { TargetSize = new Size(300, 225) }, bytes);

        double difference = 0;
        for (int y = 0; y < quarter.Height; y++)
        {
            for (int x = 0; x < quarter.Width; x++)
            {
                difference += Math.Abs(quarter[x, y].G - AverageGreen(full, x * 4, y * 4, 4));
            }
        }

        Assert.InRange(difference / (300 * 225), 0, 2);
    }

    [Fact]
    public void Load_HalfSize_AveragesPixelsInEveryPixelType()
    {
        L16[] wide = [new(100), new(300), new(1000), new(3000), new(200), new(400), new(2000), new(4000)];
        using MemoryStream png = new();
        using (var image = Image.LoadPixelData<L16>(wide, 4, 2))
        {
            image.SaveAsPng(png);
        }

        using var half = Image.Load<L16>(new DecoderOptions { TargetSize = new Size(2, 0) }, png.ToArray());

        TestPictures.AssertEqual(half, new Size(2, 1), (x, _) => new L16((ushort)(x == 0 ? 250 : 2500)));
    }

    [Fact]
    public void Load_EmptyTarget_Throws() => Assert.Throws<ArgumentException>(
        () => Image.Load<Rgb24>(new DecoderOptions { TargetSize = new Size(0, 0) }, TestPictures.Read("png-rgb8.png")));

    private static double AverageGreen(Image<Rgb24> image, int left, int top, int side)
    {
        double sum = 0;
        for (int i = 0; i < side * side; i++)
        {
            sum += image[left + (i % side), top + (i / side)].G;
        }

        return sum / (side * side);
    }
}
