using System.Buffers.Binary;
using DiTask.Model.Vision;
using DiTask.Model.Vision.Guard;
using DiTask.Tests;
using static DiTask.Model.Tests.Vision.TestPictures;

namespace DiTask.Model.Tests.Vision;

public sealed class OrientationTests
{
    // Larger than a tile of the turning and no multiple of it, and with rows that are no multiple of a vector.
    private const int Width = 131;
    private const int Height = 77;
    private const ushort Short = 3;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Decode_LargePicture_MovesEveryPixel(int orientation)
    {
        using RgbImage stored = new(Width, Height);
        for (int i = 0; i < Width * Height; i++)
        {
            (stored.Pixels[3 * i], stored.Pixels[(3 * i) + 1], stored.Pixels[(3 * i) + 2]) = ((byte)i, (byte)(i >> 8), (byte)(3 * i));
        }

        using RgbImage upright = ImageDecoder.Decode(WithExif(stored, Exif(true, Short, 1, (ushort)orientation)), Limits);

        // The definition of the tag: where the stored row 0 and column 0 lie in the upright picture.
        Assert.Equal(orientation >= 5 ? (Height, Width) : (Width, Height), (upright.Width, upright.Height));
        for (int y = 0; y < upright.Height; y++)
        {
            for (int x = 0; x < upright.Width; x++)
            {
                (int row, int column) = orientation switch
                {
                    2 => (y, Width - 1 - x),
                    3 => (Height - 1 - y, Width - 1 - x),
                    4 => (Height - 1 - y, x),
                    5 => (x, y),
                    6 => (Height - 1 - x, y),
                    7 => (Height - 1 - x, Width - 1 - y),
                    8 => (x, Width - 1 - y),
                    _ => (y, x),
                };
                Assert.Equal(Pixel(stored, column, row), Pixel(upright, x, y));
            }
        }
    }

    [Theory]
    [InlineData(true, 1, 1u, 6)]
    [InlineData(false, 1, 1u, 6)]
    [InlineData(true, 3, 1u, 6)]
    [InlineData(false, 3, 2u, 6)]
    [InlineData(true, 4, 1u, 6)]
    [InlineData(false, 4, 1u, 6)]
    [InlineData(true, 6, 4u, 6)]
    [InlineData(true, 8, 1u, 6)]
    [InlineData(false, 9, 1u, 6)]
    public void Read_AnyIntegerType_GivesTheFirstValue(bool little, int type, uint count, int expected) =>
        Assert.Equal(expected, ExifOrientation.Read(Exif(little, (ushort)type, count, 6)));

    [Theory]
    [InlineData(3, 5u)]
    [InlineData(4, 2u)]
    public void Read_ValuesOutsideTheEntry_AreFoundWhereItPoints(int type, uint count) =>
        Assert.Equal(6, ExifOrientation.Read(Exif(true, (ushort)type, count, 6)));

    [Theory]
    [InlineData(3, 1u, 0)]
    [InlineData(3, 1u, 9)]
    [InlineData(3, 1u, 65535)]
    [InlineData(3, 0u, 6)]
    [InlineData(2, 1u, 6)]
    [InlineData(5, 1u, 6)]
    [InlineData(3, uint.MaxValue, 6)]
    public void Read_NotAnOrientation_IsNull(int type, uint count, int value)
    {
        byte[] exif = Exif(true, (ushort)type, count > 8 ? 1 : count, (ushort)value);
        BinaryPrimitives.WriteUInt32LittleEndian(exif.AsSpan(14), count);

        // A count of many values makes a place of the value, outside of the data.
        Assert.Null(ExifOrientation.Read(count > 8 ? exif[..18] : exif));
    }

    [Fact]
    public void Read_CutOrDamagedAnywhere_NeverThrows()
    {
        byte[] exif = [.. "Exif\0\0"u8, .. Exif(true, Short, 5, 6)];
        Random random = new(5);
        for (int i = 0; i < 5000; i++)
        {
            byte[] damaged = exif[..random.Next(exif.Length + 1)];
            for (int flips = random.Next(4); flips > 0 && damaged.Length > 0; flips--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            Assert.InRange(ExifOrientation.Read(damaged) ?? 1, 1, 8);
        }
    }

    [Fact]
    public void Identify_JpegWithExifBehindTheFrameHeader_IsObeyed()
    {
        byte[] file = Read("jpeg-baseline.jpg");
        int tables = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC4]);
        byte[] exif = [.. "Exif\0\0"u8, .. Exif(false, Short, 1, 6)];
        byte[] turned = [.. file[..tables], 0xFF, 0xE1, 0, (byte)(exif.Length + 2), .. exif, .. file[tables..]];

        ImageHeader header = ImageDecoder.Identify(turned);

        Assert.True(tables > file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]));
        Assert.Equal((16, 24, 6), (header.Width, header.Height, header.Orientation));
    }

    /// <summary>A TIFF structure of one entry; values that do not fit follow it.</summary>
    private static byte[] Exif(bool little, ushort type, uint count, ushort value)
    {
        int bytes = type switch { 3 or 8 => 2, 4 or 9 => 4, _ => 1 };
        byte[] exif = new byte[26 + (count * bytes > 4 ? (int)count * bytes : 0)];
        (little ? "II*\0"u8 : "MM\0*"u8).CopyTo(exif);
        Write(4, 8, 4);
        Write(8, 1, 2);
        Write(10, 0x0112, 2);
        Write(12, type, 2);
        Write(14, count, 4);
        if (exif.Length > 26)
        {
            Write(18, 26, 4);
        }

        Write(exif.Length > 26 ? 26 : 18, value, Math.Max(bytes, value > 255 ? 2 : 1));
        return exif;

        void Write(int offset, uint number, int size)
        {
            for (int i = 0; i < size; i++)
            {
                exif[offset + i] = (byte)(number >> (8 * (little ? i : size - 1 - i)));
            }
        }
    }

    private static byte[] WithExif(RgbImage image, byte[] exif)
    {
        const int HeaderEnd = 33;
        using MemoryStream stream = new();
        MapEncoder.WriteRgb(stream, image);
        byte[] png = stream.ToArray();
        byte[] chunk = [0, 0, 0, (byte)exif.Length, .. "eXIf"u8, .. exif, 0, 0, 0, 0];
        byte[] file = [.. png[..HeaderEnd], .. chunk, .. png[HeaderEnd..]];
        PngChecksums.Mend(file);
        return file;
    }
}
