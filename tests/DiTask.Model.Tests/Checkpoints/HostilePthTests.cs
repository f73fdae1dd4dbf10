using System.IO.Compression;
using System.Text;
using DiTask.Model.Checkpoints;

namespace DiTask.Tests.Checkpoints;

public sealed class HostilePthTests
{
    private const long Huge = long.MaxValue;

    private static readonly byte[] Six = HandMade.Floats(1, 2, 3, 4, 5, 6);

    [Theory]
    [InlineData(7, 0, new long[] { 6 }, new long[] { 1 }, "7 elements", "24 bytes")]
    [InlineData(Huge, 0, new long[] { 6 }, new long[] { 1 }, "9223372036854775807 elements", "24 bytes")]
    [InlineData(-1, 0, new long[] { 6 }, new long[] { 1 }, "0 or more", "-1")]
    [InlineData(6, 1, new long[] { 6 }, new long[] { 1 }, "elements 0 to 5", "1 to 6")]
    [InlineData(6, -1, new long[] { 6 }, new long[] { 1 }, "an offset from 0", "-1")]
    [InlineData(6, Huge, new long[] { 1 }, new long[] { 1 }, "elements 0 to 5", "9223372036854775807")]
    [InlineData(6, 0, new long[] { 6 }, new long[] { -1 }, "strides of 0 or more", "[-1]")]
    [InlineData(6, 0, new long[] { 2 }, new long[] { Huge }, "elements 0 to 5", "9223372036854775807")]
    [InlineData(6, 1, new long[] { 2, 2 }, new long[] { Huge, Huge }, "elements 0 to 5", "18446744073709551615")]
    [InlineData(6, 0, new long[] { 1L << 30 }, new long[] { 0 }, "at most 6 elements", "[1073741824]")]
    [InlineData(6, 0, new long[] { 1L << 30, 1L << 30, 1L << 30 }, new long[] { 1, 1, 1 }, "at most 6 elements", "[1073741824,1073741824,1073741824]")]
    [InlineData(6, 0, new long[] { 1L << 40 }, new long[] { 1 }, "0 to 2147483647", "[1099511627776]")]
    [InlineData(6, 0, new long[] { -1 }, new long[] { 1 }, "0 to 2147483647", "[-1]")]
    [InlineData(6, 0, new long[] { 2, 3 }, new long[] { 1 }, "as many strides as sizes", "1 strides, 2 sizes")]
    public void Open_TensorOutsideItsStorage_IsRefused(long elements, long offset, long[] sizes, long[] strides, string expected, string found)
    {
        byte[] pickle = HandMade.StateDict(("t", HandMade.Tensor("0", elements, offset, sizes, strides)));

        HandMade.AssertTells(HandMade.Refused(HandMade.Zip(pickle, ("0", Six))), expected, found);
    }

    [Fact]
    public void Open_ManyViewsOfOneStorage_IsRefused()
    {
        byte[] data = new byte[40_000];
        byte[] pickle = HandMade.StateDict([.. Enumerable.Range(0, 50).Select(index => ($"t{index}", HandMade.Tensor("0", 10_000, 0, [10_000], [1])))]);

        HandMade.AssertTells(HandMade.Refused(HandMade.Zip(pickle, ("0", data))), "at most 8 x", "bytes");
    }

    [Fact]
    public void Open_MissingStorage_IsRefused()
    {
        byte[] pickle = HandMade.StateDict(("t", HandMade.Tensor("1", 6, 0, [6], [1])));

        HandMade.AssertTells(HandMade.Refused(HandMade.Zip(pickle, ("0", Six))), "an entry of the zip", "none", key: "x/data/1");
    }

    [Fact]
    public void Open_UnknownStorageType_IsRefused()
    {
        byte[] pickle = HandMade.StateDict(("t", HandMade.Tensor("0", 6, 0, [6], [1], "EvilStorage")));

        HandMade.AssertTells(HandMade.Refused(HandMade.Zip(pickle, ("0", Six))), "a storage class of torch", "torch.EvilStorage");
    }

    [Fact]
    public void Open_KeyTwice_IsRefused()
    {
        byte[] tensor = HandMade.Tensor("0", 6, 0, [6], [1]);
        byte[] pickle = HandMade.StateDict(("t", tensor), ("module.t", tensor));

        HandMade.AssertTells(HandMade.Refused(HandMade.Zip(pickle, ("0", Six))), "one tensor", "two", key: "t");
    }

    [Fact]
    public void Open_ModulePrefix_IsRemoved()
    {
        using var folder = new TemporaryFolder();
        byte[] pickle = HandMade.StateDict(("module.t", HandMade.Tensor("0", 6, 0, [6], [1])));
        using CheckpointFile file = CheckpointFile.Open(folder.Write("x.pth", HandMade.Zip(pickle, ("0", Six))));

        Assert.Equal(["t"], file.Tensors.Keys);
    }

    [Fact]
    public void Open_StateDictKey_IsFound()
    {
        using var folder = new TemporaryFolder();
        byte[] inner = HandMade.StateDict(("t", HandMade.Tensor("0", 6, 0, [6], [1])))[2..^1];
        byte[] pickle = HandMade.Pickle("\u0080\u0002}(", HandMade.Text("epoch"), "K\u0009", HandMade.Text("state_dict"), inner, "u.");
        using CheckpointFile file = CheckpointFile.Open(folder.Write("x.pth", HandMade.Zip(pickle, ("0", Six))));

        Assert.Equal(["t"], file.Tensors.Keys);
        Assert.Equal(9, file.Epoch);
    }

    [Theory]
    [InlineData("K\u0001.", "a dict of tensors", "an integer")]
    [InlineData("}.", "a state dict", "an empty dict")]
    [InlineData("ctorch.nn\nModule\n)R.", "a state dict", "an empty dict")]
    public void Open_NoStateDict_IsRefused(string pickle, string expected, string found)
    {
        CheckpointException error = HandMade.Refused(HandMade.Zip(HandMade.Pickle(pickle)));

        Assert.StartsWith("x.pth: ", error.Message, StringComparison.Ordinal);
        Assert.Equal(found, error.Found);
        Assert.Contains(expected, error.Expected!, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_PickledModule_IsNamed()
    {
        byte[] pickle = HandMade.Pickle("}", HandMade.Text("model"), "cmodels.swin_mtl\nMultiTaskSwin\n)\u0081s.");

        HandMade.AssertTells(HandMade.Refused(HandMade.Zip(pickle)), "its state_dict()", "models.swin_mtl.MultiTaskSwin", key: "model");
    }

    [Fact]
    public void Open_ConfigThatUnfoldsWithoutEnd_IsLeftOut()
    {
        using var folder = new TemporaryFolder();
        // Each list holds the one before ten times: thirty lists make 10^30 leaves.
        string laughs = "]q\u0001" + string.Concat(Enumerable.Range(2, 30).Select(index => "0](" + string.Concat(Enumerable.Repeat($"h{(char)(index - 1)}", 10)) + $"eq{(char)index}"));
        byte[] pickle = HandMade.Pickle(
            "\u0080\u0002}(", HandMade.Text("model"), HandMade.StateDict(("t", HandMade.Tensor("0", 6, 0, [6], [1])))[2..^1],
            HandMade.Text("config"), "}", HandMade.Text("A"), laughs, "s", "u.");

        using CheckpointFile file = CheckpointFile.Open(folder.Write("x.pth", HandMade.Zip(pickle, ("0", Six))));

        Assert.Null(file.Config);
        Assert.Contains("unfolds to more than 100000 values", file.ConfigProblem, StringComparison.Ordinal);
        Assert.Equal([1, 2, 3, 4, 5, 6], file.Tensors["t"].ReadSingles());
    }

    [Fact]
    public void Open_ConfigThatContainsItself_IsLeftOut()
    {
        using var folder = new TemporaryFolder();
        byte[] pickle = HandMade.Pickle(
            "\u0080\u0002}(", HandMade.Text("model"), HandMade.StateDict(("t", HandMade.Tensor("0", 6, 0, [6], [1])))[2..^1],
            HandMade.Text("config"), "}q\u0001", HandMade.Text("A"), "h\u0001s", "u.");

        using CheckpointFile file = CheckpointFile.Open(folder.Write("x.pth", HandMade.Zip(pickle, ("0", Six))));

        Assert.Null(file.Config);
        Assert.Contains("32 levels", file.ConfigProblem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("x/../../evil")]
    [InlineData("/etc/passwd")]
    [InlineData("x\\..\\evil")]
    [InlineData("x/\0evil")]
    public void Open_PathTrick_IsRefused(string name)
    {
        CheckpointException error = HandMade.Refused(HandMade.ZipOf(("x/data.pkl", GoodPickle()), ("x/data/0", Six), (name, [1])));

        Assert.Equal(name, error.Key);
        HandMade.AssertTells(error, "a relative path", name[^4..]);
    }

    [Fact]
    public void Open_EntryTwice_IsRefused() =>
        HandMade.AssertTells(HandMade.Refused(HandMade.ZipOf(("x/data.pkl", GoodPickle()), ("x/data/0", Six), ("x/data/0", Six))), "one entry", "two", key: "x/data/0");

    [Fact]
    public void Open_TwoPickles_IsRefused() =>
        HandMade.AssertTells(HandMade.Refused(HandMade.ZipOf(("x/data.pkl", GoodPickle()), ("y/data.pkl", GoodPickle()), ("x/data/0", Six))), "one 'NAME/data.pkl'", "2 among 3 entries");

    [Fact]
    public void Open_OtherZip_IsRefused() =>
        HandMade.AssertTells(HandMade.Refused(HandMade.ZipOf(("word/document.xml", Six))), "one 'NAME/data.pkl'", "0 among 1 entries (word/document.xml)");

    [Fact]
    public void Open_TorchScript_IsNamed() =>
        Assert.Contains("TorchScript", HandMade.Refused(HandMade.ZipOf(("x/data.pkl", GoodPickle()), ("x/data/0", Six), ("x/constants.pkl", Six))).Message, StringComparison.Ordinal);

    [Fact]
    public void Open_BigEndianFile_IsRefused() =>
        HandMade.AssertTells(HandMade.Refused(HandMade.ZipOf(("x/data.pkl", GoodPickle()), ("x/data/0", Six), ("x/byteorder", "big"u8.ToArray()))), "little", "big", key: "x/byteorder");

    [Fact]
    public void Open_DeflatedBomb_IsRefusedWithoutInflating()
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream entry = zip.CreateEntry("x/data.pkl", CompressionLevel.SmallestSize).Open();
            entry.Write(new byte[50_000_000]);
        }

        byte[] bomb = stream.ToArray();
        long before = GC.GetAllocatedBytesForCurrentThread();
        CheckpointException error = HandMade.Refused(bomb);

        HandMade.AssertTells(error, "method 0 (stored)", "method 8", key: "x/data.pkl");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 5_000_000);
    }

    [Theory]
    [InlineData(24, "impossible size")] // uncompressed size in the directory
    [InlineData(42, "")] // offset of the local header
    public void Open_DirectoryThatLies_IsRefused(int field, string problem)
    {
        byte[] bytes = HandMade.Zip(GoodPickle(), ("0", Six));
        int directory = Encoding.Latin1.GetString(bytes).IndexOf("PK\u0001\u0002", StringComparison.Ordinal);
        BitConverter.GetBytes(0x7fffffff).CopyTo(bytes, directory + field);

        CheckpointException error = HandMade.Refused(bytes);

        Assert.Equal("x/data.pkl", error.Key);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadSingles_FlippedByte_FailsTheChecksum()
    {
        byte[] bytes = HandMade.Zip(GoodPickle(), ("0", Six));
        int at = bytes.AsSpan().IndexOf(Six);
        bytes[at + 3] ^= 1;

        CheckpointException error = HandMade.Refused(bytes);

        Assert.Equal(at, error.ByteOffset);
        HandMade.AssertTells(error, "CRC-32", "found", key: "t");
    }

    [Theory]
    [InlineData("", "an empty file")]
    [InlineData("version https://git-lfs.github.com/spec/v1", "a Git LFS pointer")]
    [InlineData("<!DOCTYPE html><html>", "an HTML or XML page")]
    [InlineData("\u001f\u008b\u0008 and so on and on", "a gzip file")]
    [InlineData("hello, what is this?", "bytes 68656c6c6f")]
    public void Open_OtherKindOfFile_SaysWhatItIs(string text, string found) =>
        HandMade.AssertTells(HandMade.Refused(Encoding.Latin1.GetBytes(text)), "a zip or pickle of torch.save, or safetensors", found);

    [Fact]
    public void Open_NamesWithControlCharacters_DoNotReachTheMessage()
    {
        byte[] pickle = HandMade.StateDict(("\u001b[31mred\n", HandMade.Tensor("0", 7, 0, [6], [1])));

        Assert.DoesNotContain(HandMade.Refused(HandMade.Zip(pickle, ("0\u001b", Six))).Message, char.IsControl);
    }

    [Fact]
    public void Open_LegacyStorageLongerThanTheFile_IsRefused()
    {
        byte[] bytes = HandMade.Legacy(GoodPickle(), ("0", 4, Six));
        BitConverter.GetBytes(1L << 60).CopyTo(bytes, bytes.Length - Six.Length - 8);

        HandMade.AssertTells(HandMade.Refused(bytes), "6 elements, at most 6", "1152921504606846976", key: "0");
    }

    [Fact]
    public void Open_LegacyStorageNobodyUses_IsRefused() =>
        HandMade.AssertTells(HandMade.Refused(HandMade.Legacy(GoodPickle(), ("0", 4, Six), ("1", 4, Six))), "a storage of the pickle", "a text", key: "1");

    [Fact]
    public void Open_LegacyWithAnotherMagicNumber_IsRefused() =>
        HandMade.AssertTells(HandMade.Refused(HandMade.Pickle("\u0080\u0002K\u0001.")), "torch's magic number", "an integer");

    [Fact]
    public void Open_Zip64Entries_AreRead()
    {
        using var folder = new TemporaryFolder();
        byte[] bytes = HandMade.Zip(GoodPickle(), ("0", Six));

        using CheckpointFile file = CheckpointFile.Open(folder.Write("x.pth", WithZip64Directory(bytes, sizeFactor: 1)));

        Assert.Equal([1, 2, 3, 4, 5, 6], file.Tensors["t"].ReadSingles());
    }

    [Fact]
    public void Open_Zip64SizesThatLie_AreRefused()
    {
        CheckpointException error = HandMade.Refused(WithZip64Directory(HandMade.Zip(GoodPickle(), ("0", Six)), sizeFactor: 1L << 50));

        HandMade.AssertTells(error, "one size, at most", "bytes from", key: "x/data.pkl");
    }

    // Every number of the directory moves to the 64-bit extra field, as in a file beyond 4 GB.
    private static byte[] WithZip64Directory(byte[] zip, long sizeFactor)
    {
        int at = Encoding.Latin1.GetString(zip).IndexOf("PK\u0001\u0002", StringComparison.Ordinal);
        List<byte> bytes = [.. zip[..at]];
        int directory = bytes.Count;
        int count = 0;
        while (BitConverter.ToUInt32(zip, at) == 0x02014b50)
        {
            int nameBytes = BitConverter.ToUInt16(zip, at + 28);
            byte[] record = zip[at..(at + 46 + nameBytes)];
            byte[] extra =
            [
                1, 0, 24, 0,
                .. BitConverter.GetBytes(BitConverter.ToUInt32(record, 24) * sizeFactor),
                .. BitConverter.GetBytes(BitConverter.ToUInt32(record, 20) * sizeFactor),
                .. BitConverter.GetBytes((long)BitConverter.ToUInt32(record, 42)),
            ];
            foreach (int field in (int[])[20, 24, 42])
            {
                BitConverter.GetBytes(uint.MaxValue).CopyTo(record, field);
            }

            BitConverter.GetBytes((ushort)extra.Length).CopyTo(record, 30);
            bytes.AddRange([.. record, .. extra]);
            at += record.Length;
            count++;
        }

        byte[] end = zip[^22..];
        BitConverter.GetBytes((ushort)count).CopyTo(end, 10);
        BitConverter.GetBytes(bytes.Count - directory).CopyTo(end, 12);
        BitConverter.GetBytes(directory).CopyTo(end, 16);
        return [.. bytes, .. end];
    }

    private static byte[] GoodPickle() => HandMade.StateDict(("t", HandMade.Tensor("0", 6, 0, [6], [1])));
}
