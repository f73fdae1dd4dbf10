using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace DiTask.Api.Predict;

/// <summary>Writes an archive front to back to a stream that cannot seek. Entries are stored: maps are compressed already, or do not compress.</summary>
/// <remarks>
/// The framework's archive writes sizes behind an entry's bytes when it cannot seek, which readers that go front to back do not take for
/// stored entries. Here the bytes are at hand, so that sizes and checksums stand before them and the archive's length is known. Layout: APPNOTE 6.3, 4.3.
/// </remarks>
internal sealed class StoredZip
{
    private const int LocalBytes = 30;
    private const int CentralBytes = 46;
    private const int EndBytes = 22;
    private const ushort Version = 20; // Folders.

    private readonly IReadOnlyList<AnswerPart> entries;
    private readonly byte[][] names;
    private readonly uint stamp;

    /// <summary>An archive of parts whose names are paths in ASCII; their bytes stay below 4 GiB together.</summary>
    public StoredZip(IReadOnlyList<AnswerPart> entries, DateTimeOffset now)
    {
        this.entries = entries;
        names = [.. entries.Select(entry => Encoding.ASCII.GetBytes(entry.Name))];
        int date = (Math.Max(now.Year - 1980, 0) << 9) | (now.Month << 5) | now.Day;
        int clock = (now.Hour << 11) | (now.Minute << 5) | (now.Second / 2);
        stamp = (uint)((date << 16) | clock);
    }

    /// <summary>Bytes of the archive.</summary>
    public long Length => EndBytes + names.Sum(name => LocalBytes + CentralBytes + (2L * name.Length)) + entries.Sum(entry => (long)entry.Bytes.Length);

    /// <summary>Writes the archive.</summary>
    public async Task WriteAsync(Stream output, CancellationToken cancellation)
    {
        using MemoryStream directory = new();
        uint offset = 0;
        for (int i = 0; i < entries.Count; i++)
        {
            byte[] common = Common(entries[i].Bytes.Span, names[i].Length);
            byte[] header = [.. "PK\u0003\u0004"u8, .. common, .. names[i]];
            await output.WriteAsync(header, cancellation).ConfigureAwait(false);
            await output.WriteAsync(entries[i].Bytes, cancellation).ConfigureAwait(false);
            WriteCentral(directory, common, names[i], offset);
            offset = checked(offset + (uint)(header.Length + entries[i].Bytes.Length));
        }

        int directoryBytes = (int)directory.Length;
        WriteEnd(directory, directoryBytes, offset);
        await output.WriteAsync(directory.GetBuffer().AsMemory(0, (int)directory.Length), cancellation).ConfigureAwait(false);
    }

    /// <summary>What a local header and its copy in the directory have in common: version to length of the extra field.</summary>
    private byte[] Common(ReadOnlySpan<byte> bytes, int nameBytes)
    {
        byte[] fields = new byte[LocalBytes - 4];
        BinaryPrimitives.WriteUInt16LittleEndian(fields, Version);
        BinaryPrimitives.WriteUInt32LittleEndian(fields.AsSpan(6), stamp);
        BinaryPrimitives.WriteUInt32LittleEndian(fields.AsSpan(10), Crc32.HashToUInt32(bytes));
        BinaryPrimitives.WriteInt32LittleEndian(fields.AsSpan(14), bytes.Length);
        BinaryPrimitives.WriteInt32LittleEndian(fields.AsSpan(18), bytes.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(fields.AsSpan(22), (ushort)nameBytes);
        return fields;
    }

    private static void WriteCentral(MemoryStream directory, byte[] common, byte[] name, uint offset)
    {
        Span<byte> tail = stackalloc byte[CentralBytes - 6 - common.Length];
        tail.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(tail[^4..], offset);
        directory.Write([.. "PK\u0001\u0002"u8, (byte)Version, 0]);
        directory.Write(common);
        directory.Write(tail);
        directory.Write(name);
    }

    private void WriteEnd(MemoryStream directory, int directoryBytes, uint offset)
    {
        Span<byte> end = stackalloc byte[EndBytes];
        end.Clear();
        "PK\u0005\u0006"u8.CopyTo(end);
        BinaryPrimitives.WriteUInt16LittleEndian(end[8..], (ushort)entries.Count);
        BinaryPrimitives.WriteUInt16LittleEndian(end[10..], (ushort)entries.Count);
        BinaryPrimitives.WriteInt32LittleEndian(end[12..], directoryBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(end[16..], offset);
        directory.Write(end);
    }
}
