using DiTask.Model.Data.Matlab;

namespace DiTask.Tests.Data;

public sealed class MatFileTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_MatrixOfClasses_IsRowMajor(bool compressed)
    {
        byte[] file = MatBuilder.File(compressed, MatBuilder.UInt16("LabelMap", 2, 3, (x, y) => (100 * y) + x), MatBuilder.Scalar("n", 7));

        IReadOnlyDictionary<string, MatArray> variables = MatFile.Read(file.AsSpan());

        (int height, int width, float[] values) = variables["LabelMap"].Matrix();
        Assert.Equal((2, 3), (height, width));
        Assert.Equal([0, 1, 2, 100, 101, 102], values);
        Assert.Equal(7, variables["n"].Scalar);
    }

    [Fact]
    public void Read_StructureArray_HasItsFields()
    {
        byte[] file = MatBuilder.File(false, MatBuilder.Structure(
            "s",
            ["name", "value"],
            [MatBuilder.Text("", "left"), MatBuilder.Scalar("", 1)],
            [MatBuilder.Text("", "right"), MatBuilder.Empty()]));

        MatArray array = MatFile.Read(file.AsSpan())["s"];

        Assert.Equal(2, array.Count);
        Assert.Equal("left", array.Field(0, "name").Text);
        Assert.Equal("right", array.Field(1, "name").Text);
        Assert.Equal(1, array.Field(0, "value").Scalar);
        Assert.Null(array.Field(1, "value").Scalar);
        Assert.Contains("'mask'", Assert.Throws<InvalidDataException>(() => array.Field(0, "mask")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_TruncatedAtEveryByte_IsOneClearError(bool compressed)
    {
        byte[] file = MatBuilder.File(compressed, MatBuilder.Structure("s", ["a"], [MatBuilder.UInt8("", 3, 3, (x, y) => x * y)]));

        for (int length = 0; length < file.Length; length++)
        {
            byte[] cut = file[..length];
            if (length == 128)
            {
                // A header alone is a file without variables.
                Assert.Empty(MatFile.Read(cut.AsSpan()));
                continue;
            }

            Assert.Throws<InvalidDataException>(() => MatFile.Read(cut.AsSpan()));
        }
    }

    [Fact]
    public void Read_EveryByteDamaged_NeverFailsOtherwise()
    {
        byte[] file = MatBuilder.File(false, MatBuilder.Structure("s", ["a", "b"], [MatBuilder.UInt8("", 2, 2, (x, y) => x), MatBuilder.Text("", "ab")]));

        for (int at = 0; at < file.Length; at++)
        {
            foreach (byte value in (byte[])[0, 1, 0x7F, 0x80, 0xFF])
            {
                byte[] damaged = [.. file];
                damaged[at] = value;
                try
                {
                    MatFile.Read(damaged.AsSpan());
                }
                catch (InvalidDataException)
                {
                    // The only way to refuse.
                }
            }
        }
    }

    [Fact]
    public void Read_HugeClaims_AreRefusedBeforeMemoryIsTaken()
    {
        byte[] size = MatBuilder.File(false, MatBuilder.Element(14,
        [
            .. MatBuilder.Element(6, [1, 0, 0, 0, 0, 0, 0, 0]), .. MatBuilder.Element(5, [0, 0, 0, 0x40, 1, 0, 0, 0]), .. MatBuilder.Element(1, []),
        ]));

        Assert.Contains("1073741824 items", Assert.Throws<InvalidDataException>(() => MatFile.Read(size.AsSpan())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ArraysInArrays_EndSomewhere()
    {
        byte[] inner = MatBuilder.Scalar("", 1);
        for (int depth = 0; depth < 40; depth++)
        {
            inner = MatBuilder.Structure("", ["a"], [inner]);
        }

        Assert.Contains("nested", Assert.Throws<InvalidDataException>(() => MatFile.Read(MatBuilder.File(false, inner).AsSpan())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OtherFormats_SayWhatToDo()
    {
        byte[] hdf = new byte[512];
        "MATLAB 7.3 MAT-file"u8.CopyTo(hdf);

        Assert.Contains("-v7", Assert.Throws<InvalidDataException>(() => MatFile.Read(hdf.AsSpan())).Message, StringComparison.Ordinal);
        Assert.Contains("level 5", Assert.Throws<InvalidDataException>(() => MatFile.Read(new byte[512].AsSpan())).Message, StringComparison.Ordinal);
    }
}
