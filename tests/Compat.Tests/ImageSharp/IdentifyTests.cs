using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Bmp;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.PixelFormats;

namespace Compat.Tests.ImageSharp;

public class IdentifyTests
{
    public static TheoryData<string, IImageFormat> Formats => new()
    {
        { "photo.jpg", JpegFormat.Instance },
        { "photo.png", PngFormat.Instance },
        { "photo.webp", WebpFormat.Instance },
    };

    [Theory]
    [MemberData(nameof(Formats))]
    public void Identify_Photo_GivesSizeAndFormat(string name, IImageFormat format)
    {
        byte[] bytes = TestPictures.Read(name);
        using MemoryStream stream = new(bytes);

        ImageInfo info = Image.Identify(bytes);
        ImageInfo fromStream = Image.Identify(stream);

        Assert.Equal(new Size(1200, 900), info.Size);
        Assert.Equal((1200, 900), (info.Width, info.Height));
        Assert.Same(format, info.Metadata.DecodedImageFormat);
        Assert.Same(format, Image.DetectFormat(bytes));
        Assert.Equal(info.Size, fromStream.Size);
    }

    [Theory]
    [InlineData("jpeg-cmyk.jpg", 24, 16)]
    [InlineData("jpeg-orientation6.jpg", 16, 24)]
    [InlineData("webp-lossless-alpha.webp", 13, 7)]
    [InlineData("webp-animated.webp", 24, 16)]
    [InlineData("bmp-24-core.bmp", 13, 7)]
    [InlineData("bmp-24-topdown.bmp", 13, 7)]
    [InlineData("png-gray1.png", 13, 7)]
    public void Identify_Fixture_GivesTheStoredSize(string name, int width, int height) =>
        Assert.Equal(new Size(width, height), Image.Identify(TestPictures.Read(name)).Size);

    [Theory]
    [InlineData("photo.jpg", 700)]
    [InlineData("photo.png", 40)]
    [InlineData("photo.webp", 40)]
    public void Identify_OnlyTheFirstBytes_NeedsNoPixels(string name, int bytes) =>
        Assert.Equal(new Size(1200, 900), Image.Identify(TestPictures.Read(name).AsSpan(0, bytes)).Size);

    [Theory]
    [InlineData("jpeg-orientation8.jpg", 8)]
    [InlineData("png-orientation6.png", 6)]
    [InlineData("webp-orientation6.webp", 6)]
    public void Identify_FileWithExif_GivesTheOrientation(string name, int orientation)
    {
        ImageInfo info = Image.Identify(TestPictures.Read(name));

        Assert.True(info.Metadata.ExifProfile!.TryGetValue(ExifTag.Orientation, out IExifValue<ushort>? value));
        Assert.Equal(orientation, value.Value);
    }

    [Fact]
    public void Identify_SkipMetadata_LeavesExifOut() =>
        Assert.Null(Image.Identify(new DecoderOptions { SkipMetadata = true }, TestPictures.Read("jpeg-orientation8.jpg")).Metadata.ExifProfile);

    [Fact]
    public void Identify_FileWithoutExif_HasNoProfile() =>
        Assert.Null(Image.Identify(TestPictures.Read("photo.jpg")).Metadata.ExifProfile);

    [Theory]
    [InlineData("")]
    [InlineData("\0")]
    [InlineData("GIF89a..........")]
    [InlineData("BM is also how a sentence may begin, of enough length")]
    [InlineData("RIFF....WAVEfmt ................")]
    [InlineData("{\"image\": \"no\"}")]
    public void AnyEntry_ForeignBytes_ThrowsUnknownImageFormat(string text)
    {
        byte[] bytes = System.Text.Encoding.Latin1.GetBytes(text);

        Assert.Throws<UnknownImageFormatException>(() => Image.Identify(bytes));
        Assert.Throws<UnknownImageFormatException>(() => Image.DetectFormat(bytes));
        Assert.Throws<UnknownImageFormatException>(() => Image.Load<Rgb24>(bytes));
    }

    [Fact]
    public void Load_Gif_ThrowsUnknownImageFormat() =>
        Assert.Throws<UnknownImageFormatException>(() => Image.Load<Rgb24>(TestPictures.Read("gif-animated.gif")));

    [Fact]
    public void Formats_TellNameTypesAndExtensions()
    {
        Assert.Equal(("JPEG", "image/jpeg"), (JpegFormat.Instance.Name, JpegFormat.Instance.DefaultMimeType));
        Assert.Equal(("PNG", "image/png"), (PngFormat.Instance.Name, PngFormat.Instance.DefaultMimeType));
        Assert.Equal(("Webp", "image/webp"), (WebpFormat.Instance.Name, WebpFormat.Instance.DefaultMimeType));
        Assert.Equal(("BMP", "image/bmp"), (BmpFormat.Instance.Name, BmpFormat.Instance.DefaultMimeType));
        Assert.Contains("jpeg", JpegFormat.Instance.FileExtensions);
        Assert.Contains("image/x-windows-bmp", BmpFormat.Instance.MimeTypes);
    }
}
