using System.Buffers.Binary;
using System.Text;
using TorchSharp;
using TorchSharp.Modules;

namespace Compat.Tests.TorchSharp;

/// <summary>Reads the files by the definitions of TFRecord, CRC-32C and protobuf, with none of the writer's code.</summary>
public sealed class SummaryWriterTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void AddScalar_WritesFramedEventsAfterTheVersion()
    {
        SummaryWriter writer = torch.utils.tensorboard.SummaryWriter(folder, "test");
        writer.add_scalar("loss/total", 0, 0, walltime: 1_700_000_000);
        writer.add_scalar("loss/größe", -2.5f, 300_000, walltime: 1_700_000_001);
        writer.add_scalar("loss/total", float.NaN, 2);

        string file = Assert.Single(Directory.GetFiles(folder));
        List<byte[]> messages = Messages(File.ReadAllBytes(file));

        Assert.StartsWith("events.out.tfevents.", Path.GetFileName(file), StringComparison.Ordinal);
        Assert.EndsWith(".test", file, StringComparison.Ordinal);
        Assert.Equal(folder, writer.LogDir);
        Assert.Equal(4, messages.Count);
        Assert.Equal("brain.Event:2", Encoding.UTF8.GetString(Fields(messages[0])[3]));
        Assert.Equal((1_700_000_000.0, 0, "loss/total", 0f), Scalar(messages[1]));
        Assert.Equal((1_700_000_001.0, 300_000, "loss/größe", -2.5f), Scalar(messages[2]));
        Assert.True(float.IsNaN(Scalar(messages[3]).Value));
        Assert.InRange(Scalar(messages[3]).Time, 1_700_000_001, DateTimeOffset.UtcNow.ToUnixTimeSeconds());
    }

    [Fact]
    public void AddScalar_WhileTheFileIsRead_Works()
    {
        SummaryWriter writer = torch.utils.tensorboard.SummaryWriter(folder);
        using FileStream reader = new(Directory.GetFiles(folder)[0], FileMode.Open, FileAccess.Read, FileShare.ReadWrite);

        Parallel.For(0, 40, step => writer.add_scalar("loss", step, step));

        byte[] data = new byte[reader.Length];
        reader.ReadExactly(data);
        Assert.Equal(Enumerable.Range(0, 40).Select(step => (float)step), Messages(data).Skip(1).Select(message => Scalar(message).Value).Order());
    }

    [Fact]
    public void SummaryWriter_RunName_IsAFolderBelow()
    {
        SummaryWriter first = torch.utils.tensorboard.SummaryWriter(folder, createRunName: true);
        SummaryWriter second = torch.utils.tensorboard.SummaryWriter(first.LogDir);

        Assert.Equal(folder, Path.GetDirectoryName(first.LogDir));
        Assert.EndsWith("_" + Environment.MachineName, first.LogDir, StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(second.LogDir).Length);
    }

    private static List<byte[]> Messages(byte[] file)
    {
        List<byte[]> messages = [];
        for (int position = 0; position < file.Length;)
        {
            ReadOnlySpan<byte> header = file.AsSpan(position, 8);
            int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(header);
            Assert.Equal(Masked(header), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(position + 8)));
            ReadOnlySpan<byte> message = file.AsSpan(position + 12, length);
            Assert.Equal(Masked(message), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(position + 12 + length)));
            messages.Add(message.ToArray());
            position += 16 + length;
        }

        return messages;
    }

    [Fact]
    public void Checksum_OfThisTest_MatchesThePublishedVectors()
    {
        Assert.Equal(0xE3069283, Crc("123456789"u8));
        Assert.Equal(0x8A9136AA, Crc(new byte[32]));
    }

    private static uint Masked(ReadOnlySpan<byte> data)
    {
        uint crc = Crc(data);
        return ((crc >> 15) | (crc << 17)) + 0xa282ead8;
    }

    private static uint Crc(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) == 0 ? 0 : 0x82F63B78);
            }
        }

        return ~crc;
    }

    private static (double Time, int Step, string Tag, float Value) Scalar(byte[] message)
    {
        Dictionary<int, byte[]> fields = Fields(message);
        Dictionary<int, byte[]> value = Fields(Fields(fields[5])[1]);
        return (
            BitConverter.ToDouble(fields[1]), BitConverter.ToInt32(fields[2]), Encoding.UTF8.GetString(value[1]), BitConverter.ToSingle(value[2]));
    }

    private static Dictionary<int, byte[]> Fields(byte[] message)
    {
        Dictionary<int, byte[]> fields = [];
        for (int position = 0; position < message.Length;)
        {
            ulong tag = Varint(message, ref position);
            int length = (tag & 7) switch
            {
                1 => 8,
                2 => (int)Varint(message, ref position),
                5 => 4,
                _ => 0,
            };
            fields.Add((int)(tag >> 3), length == 0 && (tag & 7) == 0 ? BitConverter.GetBytes(Varint(message, ref position)) : message[position..(position + length)]);
            position += length;
        }

        return fields;
    }

    private static ulong Varint(byte[] data, ref int position)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = data[position++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
