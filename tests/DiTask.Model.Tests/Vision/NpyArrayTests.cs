using System.Text;
using DiTask.Model.Vision;
using DiTask.Tests;

namespace DiTask.Model.Tests.Vision;

public sealed class NpyArrayTests
{
    [Theory]
    [InlineData("|u1", new byte[] { 1, 200 }, 1f, 200f)]
    [InlineData("|b1", new byte[] { 1, 0 }, 1f, 0f)]
    [InlineData("|i1", new byte[] { 1, 255 }, 1f, -1f)]
    [InlineData("<u2", new byte[] { 1, 0, 0, 1 }, 1f, 256f)]
    [InlineData("<i2", new byte[] { 255, 255, 0, 1 }, -1f, 256f)]
    [InlineData("<i4", new byte[] { 1, 0, 0, 0, 255, 255, 255, 255 }, 1f, -1f)]
    [InlineData("<i8", new byte[] { 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0 }, 1f, 2f)]
    [InlineData("<f2", new byte[] { 0, 0x3C, 0, 0xC0 }, 1f, -2f)]
    [InlineData("<f4", new byte[] { 0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0 }, 1f, -2f)]
    [InlineData("<f8", new byte[] { 0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 0, 0, 0, 0, 0, 0, 0, 0xC0 }, 1f, -2f)]
    public void Read_EveryType_BecomesSingle(string descr, byte[] values, float first, float second)
    {
        using TemporaryFolder folder = new();

        NpyArray array = NpyArray.Read(folder.Write("x.npy", Build($"{{'descr': '{descr}', 'fortran_order': False, 'shape': (2,), }}", values)), 100);

        Assert.Equal([2], array.Shape);
        Assert.Equal([first, second], array.Values);
    }

    [Fact]
    public void Read_FortranOrder_IsTurnedRound()
    {
        using TemporaryFolder folder = new();
        byte[] file = Build("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3, 2), }", [0, 100, 10, 110, 20, 120, 1, 101, 11, 111, 21, 121]);

        NpyArray array = NpyArray.Read(folder.Write("x.npy", file), 100);

        Assert.Equal([0, 1, 10, 11, 20, 21, 100, 101, 110, 111, 120, 121], array.Values);
    }

    [Theory]
    [InlineData("{'descr': '|S3', 'fortran_order': False, 'shape': (2,), }", "found |S3")]
    [InlineData("{'descr': '>f4', 'fortran_order': False, 'shape': (2,), }", "found >f4")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", "needs 12 bytes")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (2147483647, 2147483647, 2147483647), }", "at most 100 values")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (101,), }", "at most 100 values")]
    public void Read_OtherContent_NamesExpectedAndFound(string header, string part)
    {
        using TemporaryFolder folder = new();

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => NpyArray.Read(folder.Write("x.npy", Build(header, new byte[8])), 100));

        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    private static byte[] Build(string header, byte[] values) =>
        [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, (byte)(header.Length >> 8), .. Encoding.ASCII.GetBytes(header), .. values];
}
