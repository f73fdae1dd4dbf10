using System.Buffers.Binary;
using System.Text;
using DiTask.Model.Checkpoints;

namespace DiTask.Tests.Checkpoints;

public sealed class SafetensorsTests
{
    private const string Name = "x.safetensors";

    private static readonly byte[] Two = HandMade.Floats(1, 2);

    [Fact]
    public void Open_TwoTensorsAndMetadata_AreRead()
    {
        using var folder = new TemporaryFolder();
        string header = """{"__metadata__":{"format":"pt","epoch":"12"},"module.b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},"a":{"dtype":"BF16","shape":[2,1],"data_offsets":[0,4]}}   """;
        using CheckpointFile file = CheckpointFile.Open(folder.Write(Name, HandMade.Safetensors(header, [0x80, 0x3f, 0x00, 0xc0, .. HandMade.Floats(7)])));

        Assert.Equal(CheckpointFormat.Safetensors, file.Format);
        Assert.Equal(["b", "a"], file.Tensors.Keys);
        Assert.Equal([1, -2], file.Tensors["a"].ReadSingles());
        Assert.Equal([2, 1], file.Tensors["a"].Shape);
        Assert.Equal([7], file.Tensors["b"].ReadSingles());
        Assert.Equal("pt", file.Metadata["format"]);
        Assert.Equal(12, file.Epoch);
    }

    // The first bytes are the length of the header: 0x80 0x01 begins a pickle, "PK" a zip.
    [Theory]
    [InlineData(0x80)]
    [InlineData(0x180)]
    [InlineData(0x4B50)]
    public void Open_LengthLooksLikeAnotherFormat_IsRead(int length)
    {
        using var folder = new TemporaryFolder();
        string header = """{"t":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""".PadRight(length);
        using CheckpointFile file = CheckpointFile.Open(folder.Write(Name, HandMade.Safetensors(header, Two)));

        Assert.Equal([1, 2], file.Tensors["t"].ReadSingles());
    }

    [Fact]
    public void Open_EmptyTensor_IsRead()
    {
        using var folder = new TemporaryFolder();
        string header = """{"e":{"dtype":"F32","shape":[0,4],"data_offsets":[0,0]},"t":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""";
        using CheckpointFile file = CheckpointFile.Open(folder.Write(Name, HandMade.Safetensors(header, Two)));

        Assert.Empty(file.Tensors["e"].ReadSingles());
        Assert.Equal([1, 2], file.Tensors["t"].ReadSingles());
    }

    [Theory]
    [InlineData("""{"t":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", "at most 2 elements", "[3]")]
    [InlineData("""{"t":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}}""", "4 bytes", "8")]
    [InlineData("""{"t":{"dtype":"F32","shape":[2],"data_offsets":[0,12]}}""", "0 to at most 8", "0 to 12")]
    [InlineData("""{"t":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", "0 to at most 8", "8 to 0")]
    [InlineData("""{"t":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "0 to at most 8", "4 to 8")]
    [InlineData("""{"t":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "8 bytes of tensors", "4")]
    [InlineData("""{"t":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"u":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "8 to at most 8", "4 to 8")]
    [InlineData("""{"t":{"dtype":"F32","shape":[2],"data_offsets":[0,9223372036854775807]}}""", "0 to at most 8", "9223372036854775807")]
    [InlineData("""{"t":{"dtype":"F32","shape":[2],"data_offsets":[-1,8]}}""", "a whole number of 0 or more", "Number")]
    [InlineData("""{"t":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""", "a whole number of 0 or more", "Number")]
    [InlineData("""{"t":{"dtype":"F32","shape":[4294967296,4294967296,2],"data_offsets":[0,8]}}""", "0 to 2147483647", "4294967296")]
    [InlineData("""{"t":{"dtype":"F32","shape":[2147483647,2147483647,2147483647],"data_offsets":[0,8]}}""", "at most 2 elements", "2147483647")]
    [InlineData("""{"t":{"dtype":"F33","shape":[2],"data_offsets":[0,8]}}""", "BF16 F16 F32", "F33")]
    [InlineData("""{"t":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""", "two data_offsets", "offsets 1")]
    [InlineData("""{"t":{"dtype":"F32","data_offsets":[0,8]}}""", "dtype, shape", "shape -1")]
    [InlineData("""{"t":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"evil":1}}""", "dtype, shape or data_offsets", "PropertyName")]
    [InlineData("""{"t":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "one value", "two")]
    [InlineData("""{"t":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"t":{"dtype":"F32","shape":[0],"data_offsets":[8,8]}}""", "one tensor", "two")]
    [InlineData("""{"__metadata__":{"a":"1","a":"2"},"t":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "one value", "two")]
    [InlineData("""{"__metadata__":{"a":{}},"t":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "String", "StartObject")]
    [InlineData("""{"t":[1]}""", "StartObject", "StartArray")]
    [InlineData("""{"t":{"dtype":"F32","shape":[[[[[[[[[[1]]]]]]]]]],"data_offsets":[0,8]}}""", "a whole number", "StartArray")]
    [InlineData("""{} {}""", "an object of tensors", "other text")]
    [InlineData("""{"t":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}""", "an object of tensors", "other text")]
    [InlineData("""{"t"=1}""", "an object of tensors", "other text")]
    public void Open_HeaderThatLies_IsRefused(string header, string expected, string found) =>
        HandMade.AssertTells(HandMade.Refused(HandMade.Safetensors(header, Two), Name), expected, found, file: Name);

    [Fact]
    public void Open_NoTensors_IsRefused() =>
        HandMade.AssertTells(HandMade.Refused(HandMade.Safetensors("{}", []), Name), "at least one", "none", file: Name);

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(long.MaxValue)]
    [InlineData(1000UL)]
    [InlineData(100_000_001UL)]
    public void Open_HugeHeader_IsRefusedWithoutMemory(ulong claimed)
    {
        byte[] bytes = HandMade.Safetensors("{}                    ", []);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, claimed);
        long before = GC.GetAllocatedBytesForCurrentThread();

        CheckpointException error = HandMade.Refused(bytes, Name);

        HandMade.AssertTells(error, "at most 22 bytes", claimed.ToString(System.Globalization.CultureInfo.InvariantCulture), file: Name);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Open_DeepJson_IsRefused()
    {
        string header = "{\"t\":" + string.Concat(Enumerable.Repeat("{\"a\":", 50_000)) + "1" + new string('}', 50_001);

        Assert.Equal(Name, Path.GetFileName(HandMade.Refused(HandMade.Safetensors(header, []), Name).File));
    }

    [Fact]
    public void Open_HeaderThatIsNoUtf8_IsRefused()
    {
        byte[] bytes = HandMade.Safetensors("""{"t?":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", Two);
        bytes[Encoding.Latin1.GetString(bytes).IndexOf('?', StringComparison.Ordinal)] = 0xff;

        HandMade.AssertTells(HandMade.Refused(bytes, Name), "an object of tensors", "other text", file: Name);
    }
}
