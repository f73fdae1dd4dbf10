using System.Buffers.Binary;
using DiTask.Model.Vision;
using static DiTask.Model.Tests.Vision.TestPictures;

namespace DiTask.Model.Tests.Vision.Guard;

public sealed class JpegGuardTests
{
    private const byte Frame = 0xC0;
    private const byte HuffmanTables = 0xC4;
    private const byte Scan = 0xDA;

    [Theory]
    [InlineData("jpeg-baseline.jpg", "scan 1")]
    [InlineData("jpeg-gray.jpg", "scan 1")]
    [InlineData("jpeg-cmyk.jpg", "scan 1")]
    [InlineData("jpeg-420.jpg", "scan 1")]
    public void Decode_EachCutOfAScanWithItsEndMarker_IsRefused(string name, string scan)
    {
        byte[] file = Read(name);
        int start = Find(file, Scan) + 2 + BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(Find(file, Scan) + 2));

        // Every byte of the scan but the last, which may be filled up.
        for (int length = start; length < file.Length - 3; length++)
        {
            AssertRejected(ImageRejection.Undecodable, [.. file[..length], 0xFF, 0xD9], scan);
        }
    }

    [Fact]
    public void Decode_EachCutOfEachProgressiveScan_IsRefused()
    {
        byte[] file = Read("jpeg-progressive.jpg");
        List<(int Start, int End)> scans = Scans(file);

        Assert.Equal(10, scans.Count);
        foreach ((int start, int end) in scans)
        {
            for (int length = start; length < end - 1; length++)
            {
                AssertRejected(ImageRejection.Undecodable, [.. file[..length], .. file[end..]], "Expected");
            }
        }
    }

    [Fact]
    public void Decode_ProgressiveWithoutItsLastScans_IsACoarsePicture()
    {
        // Encoders may leave scans out; what a decoder gives is what the file says. The first scan has every component's mean.
        byte[] file = Read("jpeg-progressive.jpg");
        byte[] coarse = [.. file[..Scans(file)[0].End], 0xFF, 0xD9];

        Assert.NotEmpty(Pixels(coarse));
    }

    [Fact]
    public void Decode_ComponentWithoutAScan_IsRefused()
    {
        byte[] file = Read("jpeg-progressive.jpg");
        int scan = Find(file, Scan);
        byte[] first = [0xFF, Scan, 0, 8, 1, file[scan + 5], 0, 0, 0, 1];
        byte[] oneComponent = [.. file[..scan], .. first, .. Enumerable.Repeat((byte)0, 40), 0xFF, 0xD9];

        AssertRejected(ImageRejection.Undecodable, oneComponent, "Expected a scan of every JPEG component");
    }

    [Fact]
    public void Decode_GarbageBetweenSegments_IsStillTheWholePicture()
    {
        const int EndOfJfif = 20;
        byte[] file = Read("jpeg-baseline.jpg");

        Assert.Equal(Pixels(file), Pixels([.. file[..EndOfJfif], 0, 17, 42, .. file[EndOfJfif..]]));
    }

    [Fact]
    public void Decode_FillBytesBeforeMarkers_AreStillTheWholePicture()
    {
        byte[] file = Read("jpeg-baseline.jpg");
        int frame = Find(file, Frame);

        Assert.Equal(Pixels(file), Pixels([.. file[..frame], 0xFF, 0xFF, 0xFF, .. file[frame..^2], 0xFF, 0xFF, .. file[^2..]]));
    }

    [Fact]
    public void Decode_BytesBehindTheLastUnit_AreStillTheWholePicture()
    {
        byte[] file = Read("jpeg-baseline.jpg");

        Assert.Equal(Pixels(file), Pixels([.. file[..^2], 0x12, 0x34, 0xFF, 0, 0x56, 0xFF, 0xD0, .. file[^2..]]));
    }

    [Fact]
    public void Decode_UnknownJfifRevision_IsStillTheWholePicture()
    {
        const int MajorVersion = 11;
        byte[] file = Read("jpeg-baseline.jpg");
        byte[] whole = Pixels(file);
        Assert.Equal(1, file[MajorVersion]);
        file[MajorVersion] = 7;

        Assert.Equal(whole, Pixels(file));
    }

    [Fact]
    public void Decode_StandardTablesLeftOut_IsStillTheWholePicture()
    {
        // Frames of Motion JPEG. The fixture was written with the standard's tables.
        byte[] file = Read("jpeg-baseline.jpg");
        byte[] bare = file;
        for (int at = Find(bare, HuffmanTables); at >= 0; at = Find(bare, HuffmanTables))
        {
            bare = [.. bare[..at], .. bare[(at + 2 + BinaryPrimitives.ReadUInt16BigEndian(bare.AsSpan(at + 2)))..]];
        }

        Assert.NotEqual(file.Length, bare.Length);
        Assert.Equal(Pixels(file), Pixels(bare));
    }

    [Fact]
    public void Decode_RestartMarkers_MustBeThereInTheirOrder()
    {
        byte[] file = Read("jpeg-restart.jpg");
        int first = Find(file, 0xD0), second = Find(file, 0xD1);
        Assert.True(first > 0 && second > first);

        byte[] swapped = [.. file];
        (swapped[first + 1], swapped[second + 1]) = (swapped[second + 1], swapped[first + 1]);
        byte[] without = [.. file[..first], .. file[(first + 2)..]];

        AssertRejected(ImageRejection.Undecodable, swapped, "Expected restart marker D0 in scan 1 of the JPEG; found D1");
        AssertRejected(ImageRejection.Undecodable, without, "Expected");
    }

    [Theory]
    [InlineData(0xC3, "lossless JPEG")]
    [InlineData(0xC9, "arithmetic-coded JPEG")]
    [InlineData(0xCA, "arithmetic-coded JPEG")]
    [InlineData(0xCB, "lossless arithmetic-coded JPEG")]
    [InlineData(0xC5, "hierarchical JPEG")]
    public void Decode_OtherKinds_AreUnsupportedByName(byte marker, string found)
    {
        byte[] file = Read("jpeg-baseline.jpg");
        file[Find(file, Frame) + 1] = marker;

        AssertRejected(ImageRejection.UnsupportedFormat, file, found);
    }

    [Fact]
    public void Decode_12Bits_IsUnsupportedByName()
    {
        byte[] file = Read("jpeg-baseline.jpg");
        file[Find(file, Frame) + 4] = 12;

        AssertRejected(ImageRejection.UnsupportedFormat, file, "8 bits per sample; found 12");
    }

    [Fact]
    public void Decode_TwoFrameHeaders_IsRefused()
    {
        byte[] file = Read("jpeg-baseline.jpg");
        int frame = Find(file, Frame);
        byte[] header = file[frame..(frame + 2 + BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(frame + 2)))];

        AssertRejected(
            ImageRejection.Undecodable, [.. file[..frame], .. header, .. file[frame..]], "Expected one JPEG frame header; found two");
    }

    [Theory]
    [InlineData("")]
    [InlineData("FFD9")]
    [InlineData("FFDA0008010100003F00")]
    public void Decode_NoFrameHeader_IsUndecodable(string rest) =>
        AssertRejected(ImageRejection.Undecodable, [0xFF, 0xD8, 0xFF, 0xFE, 0, 2, .. Convert.FromHexString(rest)], "Expected");

    [Fact]
    public void Decode_65500Squared_IsRefusedWithoutTakingMemory()
    {
        byte[] file = Read("jpeg-baseline.jpg");
        file = Resized(file, 65500, 65500);

        Assert.Equal(65500L * 65500, ImageDecoder.Identify(file).PixelCount);
        AssertRejectedCheaply(ImageRejection.TooManyPixels, file, "65500x65500");
    }

    [Theory]
    [InlineData("jpeg-baseline.jpg")]
    [InlineData("jpeg-420.jpg")]
    public void Decode_39MegapixelsWithoutTheirData_IsRefusedWithoutTakingMemory(string name) =>
        AssertRejectedCheaply(ImageRejection.Undecodable, Resized(Read(name), 6500, 6000), "coded units in scan 1");

    [Fact]
    public void Decode_2001Scans_IsRefusedAtTheFirstTooMany()
    {
        byte[] file = Read("jpeg-progressive.jpg");
        (int start, int end) = Scans(file)[^1];
        int header = file.AsSpan(0, start).LastIndexOf((ReadOnlySpan<byte>)[0xFF, Scan]);
        byte[] scan = file[header..end];
        byte[] bomb = [.. file[..header], .. Enumerable.Repeat(scan, 2001).SelectMany(bytes => bytes), 0xFF, 0xD9];

        AssertRejectedCheaply(ImageRejection.Undecodable, bomb, "at most 100 scans");
    }

    [Theory]
    [InlineData("jpeg-baseline.jpg")]
    [InlineData("jpeg-progressive.jpg")]
    public void Decode_MegabytesOfFillBytesInAScan_AreReadOnce(string name)
    {
        byte[] file = Read(name);
        int middle = Scans(file)[0].Start + 1;
        byte[] fill = [.. Enumerable.Repeat((byte)0xFF, 4 << 20)];

        AssertRejected(ImageRejection.Undecodable, [.. file[..middle], .. fill, 0xD9, .. file[middle..]], "coded units in scan 1");
    }

    [Fact]
    public void Decode_MoreScansTimesPixelsThanAllowed_IsRefusedByName()
    {
        byte[] file = Read("jpeg-progressive.jpg");
        long allowed = 24 * 16 * 10;

        Assert.NotEmpty(Pixels(file));
        AssertRejected(
            ImageRejection.Undecodable,
            file,
            $"{allowed - 1} scans x pixels; found scan 10 of 24x16",
            Limits with { MaxScanPixels = allowed - 1 });
        ImageDecoder.Decode(file, Limits with { MaxScanPixels = allowed }).Dispose();
    }

    private static int Find(byte[] file, byte marker) => file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, marker]);

    private static byte[] Resized(byte[] file, int width, int height)
    {
        int frame = Find(file, Frame);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(frame + 5), (ushort)height);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(frame + 7), (ushort)width);
        return file;
    }

    /// <summary>Where the coded data of each scan begin and end.</summary>
    private static List<(int Start, int End)> Scans(byte[] file)
    {
        List<(int, int)> scans = [];
        for (int at = 0; at < file.Length - 1; at++)
        {
            if (file[at] == 0xFF && file[at + 1] == Scan)
            {
                int start = at + 2 + BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at + 2)), end = start;
                while (file[end] != 0xFF || file[end + 1] == 0)
                {
                    end++;
                }

                scans.Add((start, end));
                at = end - 1;
            }
        }

        return scans;
    }
}
