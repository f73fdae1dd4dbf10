using System.Buffers.Binary;
using System.Text;

namespace TorchSharp.Utils;

/// <summary>Records of a TensorBoard event file: a protobuf message, framed as in a TFRecord file.</summary>
internal static class EventRecord
{
    // Event: wall_time 1, step 2, file_version 3, summary 5. Summary: value 1. Summary.Value: tag 1, simple_value 2.
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Bytes = 2;
    private const int Fixed32 = 5;

    /// <summary>The first record of every file.</summary>
    public static byte[] Version(double wallTime) => Frame(stream =>
    {
        WriteDouble(stream, 1, wallTime);
        WriteBytes(stream, 3, "brain.Event:2"u8);
    });

    public static byte[] Scalar(string tag, float value, long step, double wallTime)
    {
        MemoryStream entry = new();
        WriteBytes(entry, 1, Encoding.UTF8.GetBytes(tag));
        WriteTag(entry, 2, Fixed32);
        Span<byte> bits = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bits, value);
        entry.Write(bits);

        MemoryStream summary = new();
        WriteBytes(summary, 1, entry.ToArray());
        return Frame(stream =>
        {
            WriteDouble(stream, 1, wallTime);
            WriteTag(stream, 2, Varint);
            WriteVarint(stream, (ulong)step);
            WriteBytes(stream, 5, summary.ToArray());
        });
    }

    /// <summary>Length, checksum of the length, message, checksum of the message.</summary>
    private static byte[] Frame(Action<Stream> write)
    {
        MemoryStream message = new();
        write(message);
        int length = (int)message.Length;
        byte[] record = new byte[sizeof(ulong) + sizeof(uint) + length + sizeof(uint)];
        Span<byte> header = record.AsSpan(0, sizeof(ulong));
        Span<byte> body = record.AsSpan(sizeof(ulong) + sizeof(uint), length);
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(sizeof(ulong)), Crc32C.Masked(header));
        message.GetBuffer().AsSpan(0, length).CopyTo(body);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(record.Length - sizeof(uint)), Crc32C.Masked(body));
        return record;
    }

    private static void WriteDouble(Stream stream, int field, double value)
    {
        WriteTag(stream, field, Fixed64);
        Span<byte> bits = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(bits, value);
        stream.Write(bits);
    }

    private static void WriteBytes(Stream stream, int field, ReadOnlySpan<byte> value)
    {
        WriteTag(stream, field, Bytes);
        WriteVarint(stream, (ulong)value.Length);
        stream.Write(value);
    }

    private static void WriteTag(Stream stream, int field, int wireType) => WriteVarint(stream, (ulong)((field << 3) | wireType));

    private static void WriteVarint(Stream stream, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            stream.WriteByte((byte)(value | 0x80));
        }

        stream.WriteByte((byte)value);
    }
}
