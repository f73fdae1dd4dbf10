using System.Text;
using DiTask.Model.Vision;
using DiTask.Tests;

namespace DiTask.Model.Tests.Vision;

public sealed class NpyReaderTests
{
    [Fact]
    public void Open_FileOfNumPy_ReadsItemByItem()
    {
        Npy expected = Fixture.Golden("micro", "input.npy");

        using NpyReader reader = NpyReader.Open(Fixture.Path("golden", "micro", "input.npy"), 4);

        float[] item = new float[reader.ItemLength];
        Assert.Equal(expected.Shape, reader.Shape);
        Assert.Equal(1, reader.Read(item));
        Assert.Equal(expected.Singles[..item.Length], item);
        Assert.Equal(1, reader.Read(item));
        Assert.Equal(expected.Singles[item.Length..], item);
        Assert.Equal(0, reader.Read(item));
    }

    [Theory]
    [InlineData(new[] { 3 })]
    [InlineData(new[] { 2, 5 })]
    [InlineData(new[] { 1, 2, 3, 4 })]
    public void WriteHeader_AnyShape_IsAlignedAndReadBack(int[] shape)
    {
        using MemoryStream stream = new();

        NpyFile.WriteHeader(stream, NpyFile.SingleDescr, shape);

        Assert.Equal(0, stream.Length % 64);
        stream.Write(new byte[4 * shape.Aggregate(1, (product, size) => product * size)]);
        stream.Position = 0;
        using NpyReader reader = NpyReader.Open(stream, "x.npy", shape.Length);
        Assert.Equal(shape, reader.Shape);
    }

    [Fact]
    public void Open_TruncatedAtEveryByte_IsOneClearError()
    {
        byte[] file = Build("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1, 2, 2), }", 16);

        for (int length = 0; length < file.Length; length++)
        {
            InvalidDataException exception = Assert.Throws<InvalidDataException>(() => Open(file[..length]));
            Assert.Contains("'x.npy'", exception.Message, StringComparison.Ordinal);
        }

        Open(file);
    }

    [Theory]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1, 2, 2), }", "<f8")]
    [InlineData("{'descr': '<f4', 'fortran_order': True, 'shape': (1, 1, 2, 2), }", "Fortran")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }", "4 axes")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2147483647, 2147483647, 2147483647, 2147483647), }", "does not fit")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1, 2, 3), }", "does not fit")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-1, 1, 2, 2), }", "header")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999, 1, 2, 2), }", "header")]
    [InlineData("{'descr': '<f4', 'fortran_order': False}", "header")]
    [InlineData("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (1, 1, 2, 2)}", "header")]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1, 1, 2, 2)}", "header")]
    [InlineData("__import__('os').system('true')", "header")]
    [InlineData("", "header")]
    public void Open_OtherContent_NamesExpectedAndFound(string header, string part)
    {
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => Open(Build(header, 16)));

        Assert.Contains(part, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NotNumPy_ShowsTheFirstBytes()
    {
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => Open("PK\u0003\u0004 not a numpy file"u8.ToArray()));

        Assert.Contains("504B0304", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_TrailingBytes_IsRefused() =>
        Assert.Throws<InvalidDataException>(() => Open(Build("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1, 2, 2), }", 17)));

    [Fact]
    public void Open_HugeHeaderClaim_IsRefusedBeforeMemoryIsTaken()
    {
        byte[] file = [0x93, .. "NUMPY"u8, 2, 0, 255, 255, 255, 127, .. new byte[100]];

        Assert.Contains("claims 2147483647 bytes", Assert.Throws<InvalidDataException>(() => Open(file)).Message, StringComparison.Ordinal);
    }

    private static byte[] Build(string header, int valueBytes) =>
        [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, (byte)(header.Length >> 8), .. Encoding.ASCII.GetBytes(header), .. new byte[valueBytes]];

    private static void Open(byte[] file)
    {
        using MemoryStream stream = new(file);
        using NpyReader reader = NpyReader.Open(stream, "x.npy", 4);
        Assert.Equal(reader.ItemLength, reader.ItemLength * reader.Read(new float[reader.ItemLength]));
    }
}
