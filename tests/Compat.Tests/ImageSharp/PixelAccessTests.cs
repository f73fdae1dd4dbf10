using System.Runtime.InteropServices;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;

namespace Compat.Tests.ImageSharp;

public class PixelAccessTests
{
    [Fact]
    public void ProcessPixelRows_RowsInOrder_HoldThePixels()
    {
        using var image = Image.Load<Rgb24>(TestPictures.Read("png-rgb8.png"));

        image.ProcessPixelRows(accessor =>
        {
            Assert.Equal((13, 7), (accessor.Width, accessor.Height));
            for (int y = 0; y < accessor.Height; y++)
            {
                Span<Rgb24> row = accessor.GetRowSpan(y);
                Assert.Equal(13, row.Length);
                for (int x = 0; x < row.Length; x++)
                {
                    Assert.Equal(TestPictures.Ramp(x, y), row[x]);
                }
            }
        });
    }

    [Fact]
    public void PixelMemory_EveryWayOfReading_Agrees()
    {
        using var image = Image.Load<Rgb24>(TestPictures.Read("png-rgb8.png"));
        Rgb24[] pixels = new Rgb24[13 * 7];
        byte[] bytes = new byte[13 * 7 * 3];

        image.CopyPixelDataTo(pixels);
        image.CopyPixelDataTo(bytes);

        Assert.True(image.DangerousTryGetSinglePixelMemory(out Memory<Rgb24> memory));
        Assert.Equal(pixels, memory.ToArray());
        Assert.Equal(bytes, MemoryMarshal.AsBytes(pixels.AsSpan()).ToArray());
        Assert.Equal(TestPictures.Ramp(12, 6), pixels[^1]);
    }

    [Fact]
    public void Indexer_OutsideThePicture_Throws()
    {
        using Image<L8> image = new(4, 3);

        Assert.Throws<ArgumentOutOfRangeException>(() => image[4, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => image[-1, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => image[0, 3]);
        Assert.Throws<ArgumentOutOfRangeException>(() => image[0, -1]);
    }

    [Fact]
    public void NewImage_WithAndWithoutBackground_IsFilled()
    {
        using Image<Rgb24> black = new(5, 4);
        using Image<Rgb24> red = new(5, 4, new Rgb24(255, 0, 0));

        TestPictures.AssertEqual(black, new Size(5, 4), (_, _) => default);
        TestPictures.AssertEqual(red, new Size(5, 4), (_, _) => new Rgb24(255, 0, 0));
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(4, -1)]
    public void NewImage_SideNotPositive_Throws(int width, int height) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Image<L8>(width, height));

    [Fact]
    public void LoadPixelData_TooFewPixels_Throws() =>
        Assert.Throws<ArgumentException>(() => Image.LoadPixelData<Rgb24>(new byte[3 * 11], 4, 3));

    [Fact]
    public void LoadPixelData_Bytes_AreCopied()
    {
        byte[] bytes = [1, 2, 3, 4, 5, 6];

        using var image = Image.LoadPixelData<Rgb24>(bytes, 2, 1);
        bytes[0] = 99;

        Assert.Equal(new Rgb24(1, 2, 3), image[0, 0]);
        Assert.Equal(new Rgb24(4, 5, 6), image[1, 0]);
    }

    [Fact]
    public void CloneAs_OtherPixelType_ConvertsAndLeavesTheOriginal()
    {
        using var image = Image.LoadPixelData<Rgb24>(new byte[] { 255, 0, 0, 0, 255, 0 }, 2, 1);

        using Image<L8> gray = image.CloneAs<L8>();
        using Image<L16> wide = image.CloneAs<L16>();

        // ITU-R BT.709: .2126 red, .7152 green.
        Assert.Equal((54, 182), (gray[0, 0].PackedValue, gray[1, 0].PackedValue));
        Assert.Equal((13933, 46871), (wide[0, 0].PackedValue, wide[1, 0].PackedValue));
        Assert.Equal(new Rgb24(255, 0, 0), image[0, 0]);
    }

    [Fact]
    public void AnyUse_AfterDispose_Throws()
    {
        Image<Rgb24> image = Image.Load<Rgb24>(TestPictures.Read("jpeg-orientation6.jpg"));
        image.Dispose();
        image.Dispose();

        Assert.Throws<ObjectDisposedException>(() => image[0, 0]);
        Assert.Throws<ObjectDisposedException>(() => image.ProcessPixelRows(_ => { }));
        Assert.Throws<ObjectDisposedException>(() => image.CopyPixelDataTo(new byte[24 * 16 * 3]));
        Assert.Throws<ObjectDisposedException>(() => image.DangerousTryGetSinglePixelMemory(out _));
        Assert.Throws<ObjectDisposedException>(() => image.Mutate(context => context.AutoOrient()));
        Assert.Throws<ObjectDisposedException>(() => image.SaveAsPng(new MemoryStream()));
        Assert.Throws<ObjectDisposedException>(() => image.SaveAsJpeg(new MemoryStream()));
        Assert.Throws<ObjectDisposedException>(() => image.CloneAs<L8>());
        Assert.Equal(16, image.Width);
    }
}
