using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace DiTask.Model.Checkpoints;

/// <summary>Writes an uncompressed zip below 4 GB, each entry's bytes at a multiple of 64 as <c>torch.save</c> does.</summary>
internal sealed class ZipWriter(Stream stream)
{
    private const int Alignment = 64;
    private const int LocalBytes = 30;
    private const ushort PaddingField = 0x4246;

    private readonly List<byte> directory = [];
    private long position;
    private int count;

    public void Add(string name, ReadOnlySpan<byte> data)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(name);
        uint crc = Crc32.HashToUInt32(data);
        int bare = (int)((position + LocalBytes + utf8.Length + 4) % Alignment);
        int padding = (Alignment - bare) % Alignment;
        if (position + LocalBytes + utf8.Length + 4 + padding + data.Length > uint.MaxValue)
        {
            throw new NotSupportedException($"'{name}' would end behind 4 GB, which this writer does not support.");
        }

        byte[] extra = new byte[4 + padding];
        BinaryPrimitives.WriteUInt16LittleEndian(extra, PaddingField);
        BinaryPrimitives.WriteUInt16LittleEndian(extra.AsSpan(2), (ushort)padding);
        byte[] common = Common(crc, data.Length, utf8.Length, extra.Length);
        stream.Write(Number(0x04034b50));
        stream.Write(common);
        stream.Write(utf8);
        stream.Write(extra);
        stream.Write(data);

        directory.AddRange([.. Number(0x02014b50), 20, 0, .. Common(crc, data.Length, utf8.Length, extraBytes: 0), .. new byte[10], .. Number((uint)position), .. utf8]);
        position += LocalBytes + utf8.Length + extra.Length + data.Length;
        count++;
    }

    public void Finish()
    {
        if (count > ushort.MaxValue)
        {
            throw new NotSupportedException($"{count} entries, this writer supports {ushort.MaxValue}.");
        }

        stream.Write(CollectionsMarshal.AsSpan(directory));
        Span<byte> end = stackalloc byte[22];
        end.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0x06054b50);
        BinaryPrimitives.WriteUInt16LittleEndian(end[8..], (ushort)count);
        BinaryPrimitives.WriteUInt16LittleEndian(end[10..], (ushort)count);
        BinaryPrimitives.WriteUInt32LittleEndian(end[12..], (uint)directory.Count);
        BinaryPrimitives.WriteUInt32LittleEndian(end[16..], (uint)position);
        stream.Write(end);
    }

    // What the local header and the directory share: version 2.0, UTF-8 name, stored, no time, checksum and sizes.
    private static byte[] Common(uint crc, int length, int nameBytes, int extraBytes)
    {
        byte[] bytes = new byte[26];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, 20);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2), 0x0800);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(10), crc);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(14), (uint)length);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(18), (uint)length);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(22), (ushort)nameBytes);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(24), (ushort)extraBytes);
        return bytes;
    }

    private static byte[] Number(uint value)
    {
        byte[] bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }
}
