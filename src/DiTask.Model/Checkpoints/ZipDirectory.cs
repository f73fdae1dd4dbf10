using System.Buffers.Binary;
using System.Text;

namespace DiTask.Model.Checkpoints;

/// <summary>The central directory of an uncompressed zip, as <c>torch.save</c> writes it.</summary>
/// <remarks>
/// Read here and not with ZipArchive because the tensors are read by file offset, on demand and in parallel, and because an
/// entry that would inflate is refused instead of inflated.
/// </remarks>
internal sealed class ZipDirectory
{
    private const uint LocalSignature = 0x04034b50;
    private const uint CentralSignature = 0x02014b50;
    private const uint EndSignature = 0x06054b50;
    private const uint End64Signature = 0x06064b50;
    private const uint Locator64Signature = 0x07064b50;
    private const int LocalBytes = 30;
    private const int CentralBytes = 46;
    private const int EndBytes = 22;
    private const int End64Bytes = 56;
    private const int Locator64Bytes = 20;
    private const int MaxDirectoryBytes = 64 << 20;

    private readonly ByteSource source;
    private readonly Dictionary<string, ZipEntry> entries = [];
    private readonly long directoryOffset;

    private ZipDirectory(ByteSource source)
    {
        this.source = source;
        (long offset, long bytes, long count) = FindDirectory();
        directoryOffset = offset;
        ReadDirectory(offset, bytes, count);
    }

    public IReadOnlyDictionary<string, ZipEntry> Entries => entries;

    public static ZipDirectory Read(ByteSource source) => new(source);

    /// <summary>Where the bytes of <paramref name="entry"/> lie; checks its local header against the directory.</summary>
    public StorageRegion Locate(ZipEntry entry)
    {
        if (entry.HeaderOffset < 0 || entry.HeaderOffset > directoryOffset - LocalBytes)
        {
            throw source.Fail("the local header lies outside the file", entry.HeaderOffset, entry.Name, $"an offset up to {directoryOffset - LocalBytes}", $"{entry.HeaderOffset}");
        }

        byte[] header = source.Read(entry.HeaderOffset, LocalBytes);
        if (U32(header, 0) != LocalSignature)
        {
            throw source.Fail("is no local file header", entry.HeaderOffset, entry.Name, $"signature {LocalSignature:x8}", $"{U32(header, 0):x8}");
        }

        int nameBytes = U16(header, 26);
        long dataOffset = entry.HeaderOffset + LocalBytes + nameBytes + U16(header, 28);
        if (dataOffset > directoryOffset || entry.Length > directoryOffset - dataOffset)
        {
            throw source.Fail("reaches into the zip directory", entry.HeaderOffset, entry.Name, $"at most {Math.Max(0, directoryOffset - dataOffset)} bytes", $"{entry.Length}");
        }

        string name = Encoding.UTF8.GetString(source.Read(entry.HeaderOffset + LocalBytes, nameBytes));
        if (name != entry.Name || U16(header, 8) != 0)
        {
            throw source.Fail("the local header and the zip directory disagree", entry.HeaderOffset, entry.Name, $"'{entry.Name}', uncompressed", $"'{name}', method {U16(header, 8)}");
        }

        return new StorageRegion(source, entry.Name, dataOffset, entry.Length, entry.Crc32);
    }

    private (long Offset, long Bytes, long Count) FindDirectory()
    {
        int tailBytes = (int)Math.Min(source.Length, EndBytes + ushort.MaxValue);
        long tailOffset = source.Length - tailBytes;
        byte[] tail = source.Read(tailOffset, tailBytes);
        for (int at = tailBytes - EndBytes; at >= 0; at--)
        {
            if (U32(tail, at) != EndSignature || at + EndBytes + U16(tail, at + 20) != tailBytes)
            {
                continue;
            }

            long endOffset = tailOffset + at;
            long count = U16(tail, at + 10);
            long bytes = U32(tail, at + 12);
            long offset = U32(tail, at + 16);
            long limit = endOffset;
            if (endOffset >= Locator64Bytes + End64Bytes)
            {
                byte[] locator = source.Read(endOffset - Locator64Bytes, Locator64Bytes);
                if (U32(locator, 0) == Locator64Signature)
                {
                    (offset, bytes, count, limit) = ReadEnd64(S64(locator, 8), endOffset - Locator64Bytes);
                }
            }

            if (offset < 0 || bytes < 0 || offset > limit || bytes > limit - offset)
            {
                throw source.Fail("the zip directory lies outside the file", endOffset, expected: $"offset and size within {limit} bytes", found: $"offset {offset}, size {bytes}");
            }

            if (bytes > MaxDirectoryBytes || count < 0 || count > bytes / CentralBytes)
            {
                throw source.Fail("the zip directory has an impossible size", endOffset, expected: $"at most {Math.Min(bytes, MaxDirectoryBytes) / CentralBytes} entries", found: $"{count} entries in {bytes} bytes");
            }

            return (offset, bytes, count);
        }

        throw source.Fail("the zip has no end record: the file is cut off, or is no zip", source.Length, expected: "signature 06054b50 in the last 65557 bytes", found: "none");
    }

    private (long Offset, long Bytes, long Count, long Limit) ReadEnd64(long at, long before)
    {
        if (at < 0 || at > before - End64Bytes)
        {
            throw source.Fail("the zip64 end record lies outside the file", before, expected: $"an offset up to {before - End64Bytes}", found: $"{at}");
        }

        byte[] record = source.Read(at, End64Bytes);
        if (U32(record, 0) != End64Signature)
        {
            throw source.Fail("is no zip64 end record", at, expected: $"signature {End64Signature:x8}", found: $"{U32(record, 0):x8}");
        }

        return (S64(record, 48), S64(record, 40), S64(record, 32), at);
    }

    private void ReadDirectory(long offset, long bytes, long count)
    {
        byte[] directory = source.Read(offset, (int)bytes);
        int at = 0;
        long total = 0;
        for (long i = 0; i < count; i++)
        {
            if (at > directory.Length - CentralBytes || U32(directory, at) != CentralSignature)
            {
                throw source.Fail($"entry {i} of the zip directory is missing", offset + at, expected: $"{count} entries", found: $"{i}");
            }

            int nameBytes = U16(directory, at + 28);
            int extraBytes = U16(directory, at + 30);
            int size = CentralBytes + nameBytes + extraBytes + U16(directory, at + 32);
            if (size > directory.Length - at)
            {
                throw source.Fail($"entry {i} of the zip directory is cut off", offset + at, expected: $"{size} bytes", found: $"{directory.Length - at}");
            }

            ZipEntry entry = ReadEntry(directory.AsSpan(at, size), nameBytes, extraBytes, offset + at);
            total += entry.Length;
            if (total > source.Length)
            {
                throw source.Fail("the zip entries claim more bytes than the file has", offset + at, entry.Name, $"at most {source.Length}", $"{total}");
            }

            if (!entries.TryAdd(entry.Name, entry))
            {
                throw source.Fail("is twice in the zip directory", offset + at, entry.Name, "one entry", "two");
            }

            at += size;
        }
    }

    private ZipEntry ReadEntry(ReadOnlySpan<byte> record, int nameBytes, int extraBytes, long at)
    {
        string name = Encoding.UTF8.GetString(record.Slice(CentralBytes, nameBytes));
        CheckName(name, at);
        long packed = U32(record, 20);
        long length = U32(record, 24);
        long header = U32(record, 42);
        Zip64(record.Slice(CentralBytes + nameBytes, extraBytes), ref length, ref packed, ref header);
        int method = U16(record, 10);
        if (method != 0)
        {
            throw source.Fail("is a compressed zip entry", at, name, "method 0 (stored), as torch.save writes", $"method {method}");
        }

        if ((U16(record, 8) & 1) != 0)
        {
            throw source.Fail("is an encrypted zip entry", at, name, "an entry without a password", "the encryption flag");
        }

        if (length < 0 || length > source.Length || packed != length)
        {
            throw source.Fail("has an impossible size", at, name, $"one size, at most {source.Length}", $"{length} bytes from {packed}");
        }

        return new ZipEntry(name, length, U32(record, 16), header);
    }

    // The extra field 1 holds, in this order, those of the three numbers that do not fit into 32 bits.
    private static void Zip64(ReadOnlySpan<byte> extra, ref long length, ref long packed, ref long header)
    {
        while (extra.Length >= 4)
        {
            int bytes = Math.Min(U16(extra, 2), extra.Length - 4);
            if (U16(extra, 0) == 1)
            {
                ReadOnlySpan<byte> field = extra.Slice(4, bytes);
                Take(ref field, ref length);
                Take(ref field, ref packed);
                Take(ref field, ref header);
            }

            extra = extra[(4 + bytes)..];
        }

        static void Take(ref ReadOnlySpan<byte> field, ref long value)
        {
            if (value == uint.MaxValue && field.Length >= sizeof(long))
            {
                value = BinaryPrimitives.ReadInt64LittleEndian(field);
                field = field[sizeof(long)..];
            }
        }
    }

    // Nothing is ever unpacked to disk; a name that tries to leave its folder still marks a file that no honest tool wrote.
    private void CheckName(string name, long at)
    {
        bool bad = name.Length == 0 || name.Length > 1024 || name[0] == '/' || name.Contains('\\') || name.Contains('\0') || name.Contains('\uFFFD')
            || Array.Exists(name.Split('/'), part => part is ".." or ".");
        if (bad)
        {
            throw source.Fail("is no name for a zip entry", at, name, "a relative path without '.', '..' and '\\'", $"'{name}'");
        }
    }

    private static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static long S64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);
}
