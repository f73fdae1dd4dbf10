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
    public void PthWriter_Entries_AreStoredInTheOrderOfTorchSave()
    {
        using var folder = new TemporaryFolder();
        PthWriter.Write(folder["w.pth"], Tensors);
        byte[] bytes = File.ReadAllBytes(folder["w.pth"]);

        using var zip = new ZipArchive(new MemoryStream(bytes));

        Assert.Equal(["w/data.pkl", "w/byteorder", "w/data/0", "w/data/1", "w/data/2", "w/version"], zip.Entries.Select(entry => entry.FullName));
        Assert.All(zip.Entries, entry => Assert.Equal(entry.Length, entry.CompressedLength));
        Assert.True(bytes.AsSpan().IndexOf(HandMade.Floats(1, 2, 3, 4, 5, 6)) > 0, "The values are compressed.");
        Assert.Equal("little", Text(zip, "w/byteorder"));
        Assert.Equal("3\n", Text(zip, "w/version"));
    }

    [Fact]
    public void PthWriter_SameTensorsLater_GiveTheSameBytes()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["later"]);

        PthWriter.Write(folder["w.pth"], Tensors);
        PthWriter.Write(folder["later/w.pth"], Tensors);

        using (ZipArchive zip = ZipFile.OpenRead(folder["w.pth"]))
        {
            Assert.All(zip.Entries, entry => Assert.Equal(new DateTime(1980, 1, 1), entry.LastWriteTime.DateTime));
        }

        Assert.Equal(File.ReadAllBytes(folder["w.pth"]), File.ReadAllBytes(folder["later/w.pth"]));
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

    private static string Text(ZipArchive zip, string name)
    {
        using StreamReader reader = new(zip.GetEntry(name)!.Open());
        return reader.ReadToEnd();
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
