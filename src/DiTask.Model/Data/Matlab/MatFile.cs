using System.Buffers.Binary;
using System.IO.Compression;

namespace DiTask.Model.Data.Matlab;

/// <summary>Reads MATLAB files of level 5 (MATLAB 5 to 7.2; <c>save -v6</c>, <c>save -v7</c>). Every byte of the file is distrusted.</summary>
/// <remarks><b>Source:</b> "MAT-File Format", The MathWorks.</remarks>
internal static class MatFile
{
    private const int HeaderBytes = 128;
    private const long MaxFileBytes = 256L << 20;
    private const int MaxArrayBytes = 256 << 20;

    // Deflate spends at least 2 bits on 258 bytes.
    private const long MaxDeflateRatio = 1032;

    /// <summary>The variables of a file by name.</summary>
    /// <exception cref="InvalidDataException">Another format, or a damaged file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyDictionary<string, MatArray> Read(string path)
    {
        long length = new FileInfo(path).Length;
        return length <= MaxFileBytes ? Read(File.ReadAllBytes(path).AsSpan()) : throw new InvalidDataException($"expected at most {MaxFileBytes} bytes; found {length}");
    }

    internal static IReadOnlyDictionary<string, MatArray> Read(ReadOnlySpan<byte> file)
    {
        bool littleEndian = RequireHeader(file);
        Dictionary<string, MatArray> variables = [];
        MatCursor cursor = new(file, littleEndian) { Position = HeaderBytes };
        while (!cursor.AtEnd)
        {
            MatElement element = cursor.Next(padded: false);
            if (element.Type == MatCursor.Compressed)
            {
                MatCursor inner = new(Inflate(element.Data, littleEndian), littleEndian);
                Add(variables, inner.Next(padded: false), littleEndian);
            }
            else
            {
                Add(variables, element, littleEndian);
                cursor.Align();
            }
        }

        return variables;
    }

    private static void Add(Dictionary<string, MatArray> variables, MatElement element, bool littleEndian)
    {
        if (element.Type == MatCursor.Matrix)
        {
            (string name, MatArray array) = MatArrayReader.Read(element.Data, littleEndian);
            variables[name] = array;
        }
    }

    private static bool RequireHeader(ReadOnlySpan<byte> file)
    {
        if (file.Length < HeaderBytes)
        {
            throw new InvalidDataException($"expected a MATLAB file, which has at least {HeaderBytes} bytes; found {file.Length}");
        }

        if (file.StartsWith("MATLAB 7.3"u8) || file.StartsWith("\u0089HDF"u8))
        {
            throw new InvalidDataException("expected a MATLAB file of level 5; found one of MATLAB 7.3 (save it with -v7)");
        }

        ReadOnlySpan<byte> mark = file.Slice(126, 2);
        bool little = mark.SequenceEqual("IM"u8);
        int version = little ? BinaryPrimitives.ReadUInt16LittleEndian(file[124..]) : BinaryPrimitives.ReadUInt16BigEndian(file[124..]);
        return (little || mark.SequenceEqual("MI"u8)) && version == 0x0100
            ? little
            : throw new InvalidDataException($"expected a MATLAB file of level 5 (version 0100, mark IM or MI); found version {version:X4}, mark {Convert.ToHexString(mark)}");
    }

    // The array inside says how long it is, in its first eight bytes.
    private static byte[] Inflate(ReadOnlySpan<byte> compressed, bool littleEndian)
    {
        using MemoryStream source = new(compressed.ToArray());
        using ZLibStream inflater = new(source, CompressionMode.Decompress);
        byte[] tag = new byte[8];
        if (inflater.ReadAtLeast(tag, tag.Length, throwOnEndOfStream: false) != tag.Length)
        {
            throw new InvalidDataException("a compressed array ends within its first 8 bytes");
        }

        uint bytes = littleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(tag.AsSpan(4)) : BinaryPrimitives.ReadUInt32BigEndian(tag.AsSpan(4));
        if (bytes > MaxArrayBytes || bytes > MaxDeflateRatio * compressed.Length)
        {
            throw new InvalidDataException($"a compressed array claims {bytes} bytes; it is compressed to {compressed.Length}, the limit is {MaxArrayBytes}");
        }

        byte[] whole = new byte[tag.Length + bytes];
        tag.CopyTo(whole, 0);
        int found = inflater.ReadAtLeast(whole.AsSpan(tag.Length), (int)bytes, throwOnEndOfStream: false);
        return found == bytes ? whole : throw new InvalidDataException($"a compressed array claims {bytes} bytes; found {found}");
    }
}
