using DiTask.Model.Vision;
using static DiTask.Model.Tests.Vision.TestPictures;

namespace DiTask.Model.Tests.Vision;

/// <summary>A file that is not whole gives no picture, or the whole one; never a part.</summary>
public sealed class DamageTests
{
    public static TheoryData<string> Everything => [.. Names];

    [Theory]
    [MemberData(nameof(Everything))]
    public void Decode_CutAtEveryByte_IsRefused(string name)
    {
        byte[] file = Read(name);
        byte[] whole = Pixels(file);

        // The padding of a BMP's last row may be missing.
        int dispensable = Path.GetExtension(name) == ".bmp" ? 3 : 0;
        for (int length = 0; length < file.Length; length++)
        {
            byte[] cut = file[..length];
            if (length < file.Length - dispensable)
            {
                Assert.Throws<ImageRejectedException>(() => ImageDecoder.Decode(cut, Limits).Dispose());
            }
            else if (Record.Exception(() => Assert.Equal(whole, Pixels(cut))) is { } exception)
            {
                Assert.IsType<ImageRejectedException>(exception);
            }
        }
    }

    [Theory]
    [InlineData("photo.jpg")]
    [InlineData("photo.png")]
    [InlineData("photo.webp")]
    public void Decode_PhotoCutInTheMiddle_IsRefused(string name)
    {
        byte[] file = Read(name);
        foreach (int percent in new[] { 1, 10, 50, 90, 99 })
        {
            AssertRejected(ImageRejection.Undecodable, file[..(file.Length * percent / 100)], "Expected");
        }
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public void Decode_BytesAfterTheEnd_AreIgnored(string name)
    {
        byte[] file = Read(name);

        Assert.Equal(Pixels(file), Pixels([.. file, 1, 2, 3, 4, 5, 6, 7, 8, 9]));
    }

    [Fact]
    public void Decode_RandomBytesBehindAMagicNumber_IsRefused()
    {
        Random random = new(7);
        byte[][] magics = [[0xFF, 0xD8, 0xFF], [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10], [.. "RIFF\u0040\0\0\0WEBPVP8 "u8], [.. "BM"u8]];
        for (int i = 0; i < 2000; i++)
        {
            byte[] tail = new byte[random.Next(200)];
            random.NextBytes(tail);

            Assert.Throws<ImageRejectedException>(() => ImageDecoder.Decode([.. magics[i % magics.Length], .. tail], Limits).Dispose());
        }
    }

    [Theory]
    [InlineData("jpeg-baseline.jpg")]
    [InlineData("png-rgb8.png")]
    [InlineData("bmp-24.bmp")]
    [InlineData("webp-lossy.webp")]
    public void Identify_SideOfZero_IsRefused(string name)
    {
        byte[] file = Read(name);
        (int offset, int length) = name switch
        {
            "jpeg-baseline.jpg" => (file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]) + 5, 2),
            "png-rgb8.png" => (16, 4),
            "bmp-24.bmp" => (18, 4),
            _ => (26, 2),
        };
        file.AsSpan(offset, length).Clear();

        Assert.Equal(ImageRejection.Undecodable, Assert.Throws<ImageRejectedException>(() => ImageDecoder.Identify(file)).Reason);
        AssertRejected(ImageRejection.Undecodable, file, "Expected");
    }
}
