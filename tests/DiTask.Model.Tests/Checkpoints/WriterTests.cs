using System.IO.Compression;
using DiTask.Model.Checkpoints;
using DiTask.Model.Files;

namespace DiTask.Tests.Checkpoints;

public sealed class WriterTests
{
    private static readonly HostTensor[] Tensors =
    [
        new("a.weight", [2, 3], [1, 2, 3, 4, 5, 6]),
        new("scalar", [], [7]),
        new("empty", [0], []),
    ];

    [Theory]
    [InlineData("model")]
    [InlineData("state_dict")]
    [InlineData(null)]
    public void PthWriter_ReadBack_IsTheSame(string? under)
    {
        using var folder = new TemporaryFolder();
        PthWriter.Write(folder["w.pth"], Tensors, under);

        AssertSame(folder["w.pth"], CheckpointFormat.TorchZip);
        Assert.Equal(["w.pth"], folder.Names());
    }

    [Fact]
    public void SafetensorsWriter_ReadBack_IsTheSame()
    {
        using var folder = new TemporaryFolder();
        SafetensorsWriter.Write(folder["w.safetensors"], Tensors, new Dictionary<string, string> { ["epoch"] = "3" });

        AssertSame(folder["w.safetensors"], CheckpointFormat.Safetensors);
        Assert.Equal(["w.safetensors"], folder.Names());
    }

    [Fact]
    public void PthWriter_AnotherZipReader_SeesAlignedEntries()
    {
        using var folder = new TemporaryFolder();
        PthWriter.Write(folder["w.pth"], Tensors);
        byte[] bytes = File.ReadAllBytes(folder["w.pth"]);

        using var zip = new ZipArchive(new MemoryStream(bytes));

        Assert.Equal(["w/data.pkl", "w/byteorder", "w/data/0", "w/data/1", "w/data/2", "w/version"], zip.Entries.Select(entry => entry.FullName));
        using Stream data = zip.GetEntry("w/data/0")!.Open();
        byte[] values = new byte[24];
        data.ReadExactly(values);
        Assert.Equal(HandMade.Floats(1, 2, 3, 4, 5, 6), values);
        Assert.Equal(0, bytes.AsSpan().IndexOf(values) % 64);
    }

    [Fact]
    public void AtomicFile_WriterThatFails_LeavesTheOldFile()
    {
        using var folder = new TemporaryFolder();
        folder.Write("w.bin", [1]);

        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(folder["w.bin"], stream =>
        {
            stream.WriteByte(2);
            throw new InvalidOperationException();
        }));

        Assert.Equal([1], File.ReadAllBytes(folder["w.bin"]));
        Assert.Equal(["w.bin"], folder.Names());
    }

    private static void AssertSame(string path, CheckpointFormat format)
    {
        using CheckpointFile file = CheckpointFile.Open(path);
        Assert.Equal(format, file.Format);
        Assert.Equal(Tensors.Select(tensor => tensor.Name), file.Tensors.Keys);
        foreach (HostTensor tensor in Tensors)
        {
            Assert.Equal(tensor.Shape, file.Tensors[tensor.Name].Shape);
            Assert.Equal(tensor.Values, file.Tensors[tensor.Name].ReadSingles());
        }
    }
}
