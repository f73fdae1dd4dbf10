using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;

namespace Compat.Tests.ImageSharp;

public class OrientationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void AutoOrient_EveryExifOrientation_GivesTheSameUprightPicture(int orientation)
    {
        using var image = Image.Load<Rgb24>(TestPictures.Read($"jpeg-orientation{orientation}.jpg"));

        image.Mutate(context => context.AutoOrient());

        TestPictures.AssertBlocks(image);
        Assert.True(image.Metadata.ExifProfile!.TryGetValue(ExifTag.Orientation, out IExifValue<ushort>? value));
        Assert.Equal(ExifOrientationMode.TopLeft, value.Value);
    }

    [Fact]
    public void AutoOrient_ExifOfPng_IsObeyed()
    {
        using var image = Image.Load<Rgb24>(TestPictures.Read("png-orientation6.png"));

        image.Mutate(context => context.AutoOrient());

        TestPictures.AssertEqual(image, TestPictures.BlocksSize, TestPictures.Block);
    }

    [Fact]
    public void AutoOrient_ExifOfWebp_IsObeyed()
    {
        using var image = Image.Load<Rgb24>(TestPictures.Read("webp-orientation6.webp"));

        image.Mutate(context => context.AutoOrient());

        Assert.Equal(TestPictures.BlocksSize, image.Size);
        TestPictures.AssertClose(TestPictures.Block(4, 4), image[4, 4], 8, 4, 4);
        TestPictures.AssertClose(TestPictures.Block(20, 12), image[20, 12], 8, 20, 12);
    }

    [Fact]
    public void AutoOrient_Twice_TurnsOnce()
    {
        using var image = Image.Load<Rgb24>(TestPictures.Read("jpeg-orientation6.jpg"));

        image.Mutate(context => context.AutoOrient().AutoOrient());

        TestPictures.AssertBlocks(image);
    }

    [Fact]
    public void AutoOrient_MetadataSkipped_ChangesNothing()
    {
        using var image = Image.Load<Rgb24>(new DecoderOptions { SkipMetadata = true }, TestPictures.Read("jpeg-orientation6.jpg"));

        image.Mutate(context => context.AutoOrient());

        Assert.Equal(new Size(16, 24), image.Size);
    }

    // Larger than a tile of the rotation and not a multiple of it.
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void AutoOrient_LargePicture_MovesEveryPixel(int orientation)
    {
        using Image<L16> image = new(131, 77);
        for (int y = 0; y < 77; y++)
        {
            for (int x = 0; x < 131; x++)
            {
                image[x, y] = new L16((ushort)((y * 131) + x));
            }
        }

        image.Metadata.ExifProfile = new ExifProfile();
        image.Metadata.ExifProfile.SetValue(ExifTag.Orientation, (ushort)orientation);
        image.Mutate(context => context.AutoOrient());

        // The definition of the tag: where the stored row 0 and column 0 lie in the upright picture.
        TestPictures.AssertEqual(image, orientation >= 5 ? new Size(77, 131) : new Size(131, 77), (x, y) =>
        {
            (int row, int column) = orientation switch
            {
                2 => (y, 130 - x),
                3 => (76 - y, 130 - x),
                4 => (76 - y, x),
                5 => (x, y),
                6 => (76 - x, y),
                7 => (76 - x, 130 - y),
                _ => (x, 130 - y),
            };
            return new L16((ushort)((row * 131) + column));
        });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(65535)]
    public void AutoOrient_UnknownOrientation_ChangesNothing(int orientation)
    {
        using Image<L8> image = new(3, 2);
        image.Metadata.ExifProfile = new ExifProfile();
        image.Metadata.ExifProfile.SetValue(ExifTag.Orientation, (ushort)orientation);

        image.Mutate(context => context.AutoOrient());

        Assert.Equal(new Size(3, 2), image.Size);
    }
}
