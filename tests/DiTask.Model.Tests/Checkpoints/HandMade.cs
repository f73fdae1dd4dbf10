using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Numerics;
using System.Text;
using DiTask.Model.Checkpoints;
using DiTask.Model.Checkpoints.Pickle;

namespace DiTask.Tests.Checkpoints;

/// <summary>Checkpoints made byte by byte, so that each lie in them can be told apart.</summary>
internal static class HandMade
{
    /// <summary>The bytes of opcodes: a character is an opcode or an ASCII argument, a byte array is taken as it is.</summary>
    public static byte[] Pickle(params object[] parts)
    {
        List<byte> bytes = [];
        foreach (object part in parts)
        {
            bytes.AddRange(part switch
            {
                byte[] raw => raw,
                string text => Encoding.Latin1.GetBytes(text),
                _ => throw new ArgumentException(part.ToString()),
            });
        }

        return [.. bytes];
    }

    public static byte[] Text(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, utf8.Length);
        return [(byte)'X', .. length, .. utf8];
    }

    public static byte[] Integer(BigInteger value)
    {
        byte[] bytes = value.ToByteArray();
        return [0x8a, (byte)bytes.Length, .. bytes];
    }

    public static byte[] Integers(params long[] values) => [(byte)'(', .. values.SelectMany(value => Integer(value)), (byte)'t'];

    /// <summary>The call that rebuilds a tensor over storage <paramref name="key"/>.</summary>
    public static byte[] Tensor(string key, long elements, long offset, long[] sizes, long[] strides, string storage = "FloatStorage") =>
        Pickle(
            "ctorch._utils\n_rebuild_tensor_v2\n(",
            "(", Text("storage"), $"ctorch\n{storage}\n", Text(key), Text("cpu"), Integer(elements), "tQ",
            Integer(offset), Integers(sizes), Integers(strides), "\u0089", "ccollections\nOrderedDict\n)R", "tR");

    /// <summary>A state dict of entries made with <see cref="Tensor"/>.</summary>
    public static byte[] StateDict(params (string Key, byte[] Value)[] entries) =>
        Pickle(["\u0080\u0002}(", .. entries.SelectMany(entry => (object[])[Text(entry.Key), entry.Value]), "u."]);

    public static byte[] Zip(byte[] pickle, params (string Key, byte[] Bytes)[] storages) =>
        ZipOf([("x/data.pkl", pickle), .. storages.Select(storage => ("x/data/" + storage.Key, storage.Bytes))]);

    /// <summary>A zip of entries that are stored as they are.</summary>
    public static byte[] ZipOf(params (string Name, byte[] Bytes)[] entries)
    {
        MemoryStream stream = new();
        using (ZipArchive zip = new(stream, ZipArchiveMode.Create))
        {
            foreach ((string name, byte[] bytes) in entries)
            {
                using Stream content = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
                content.Write(bytes);
            }
        }

        return stream.ToArray();
    }

    /// <summary>The container before the zip.</summary>
    public static byte[] Legacy(byte[] pickle, params (string Key, int ElementBytes, byte[] Bytes)[] storages)
    {
        List<byte> bytes =
        [
            .. Pickle("\u0080\u0002", Integer(BigInteger.Parse("1950a86a20f9469cfc6c", NumberStyles.HexNumber, CultureInfo.InvariantCulture)), "."),
            .. Pickle("\u0080\u0002", Integer(1001), "."),
            .. Pickle("\u0080\u0002}", Text("little_endian"), "\u0088s."),
            .. pickle,
            .. Pickle(["\u0080\u0002](", .. storages.Select(storage => Text(storage.Key)), "e."]),
        ];
        foreach ((_, int elementBytes, byte[] data) in storages)
        {
            byte[] count = new byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(count, data.Length / elementBytes);
            bytes.AddRange(count);
            bytes.AddRange(data);
        }

        return [.. bytes];
    }

    public static byte[] Safetensors(string header, byte[] data)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(header);
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, utf8.Length);
        return [.. length, .. utf8, .. data];
    }

    public static byte[] Floats(params float[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    /// <summary>What the machine makes of <paramref name="pickle"/>.</summary>
    public static object? Run(byte[] pickle)
    {
        using var folder = new TemporaryFolder();
        using ByteSource source = ByteSource.Open(folder.Write("hand.pkl", pickle));
        return PickleMachine.Run(new PickleInput(source, pickle, 0));
    }

    /// <summary>The error that opening <paramref name="bytes"/> and reading every tensor gives.</summary>
    public static CheckpointException Refused(byte[] bytes, string name = "x.pth")
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write(name, bytes);
        return Assert.Throws<CheckpointException>(() => ReadAll(path));
    }

    public static void ReadAll(string path)
    {
        using CheckpointFile file = CheckpointFile.Open(path);
        foreach (StoredTensor tensor in file.Tensors.Values.Where(tensor => tensor.Type != TensorType.Other))
        {
            tensor.ReadSingles();
        }
    }

    /// <summary>Checks that the message is one line and names the file, the place, what was expected and what was found.</summary>
    public static void AssertTells(CheckpointException error, string expected, string found, string? key = null, string file = "x.pth")
    {
        Assert.StartsWith(file, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.True(error.ByteOffset is not null || error.Key is not null, error.Message);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains(found, error.Message, StringComparison.Ordinal);
        if (key is not null)
        {
            Assert.Equal(key, error.Key);
            Assert.Contains(key, error.Message, StringComparison.Ordinal);
        }
    }
}
