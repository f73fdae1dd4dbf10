using System.Buffers.Binary;
using System.Text;

namespace DiTask.Model.Checkpoints.Pickle;

/// <summary>The bytes of a pickle; a length is checked against what is left before it is used.</summary>
internal sealed class PickleInput(ByteSource source, byte[] bytes, long fileOffset)
{
    private const int LongestLine = 1 << 16;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private int position;

    /// <summary>Offset in the file of the next byte.</summary>
    public long FileOffset => fileOffset + position;

    private int Left => bytes.Length - position;

    public byte Byte() => Take(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public double DoubleBigEndian() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    public ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)Left)
        {
            throw Fail("the pickle ends too early", $"{count} bytes more", $"{Left}");
        }

        ReadOnlySpan<byte> taken = bytes.AsSpan(position, (int)count);
        position += (int)count;
        return taken;
    }

    public string Text(ulong count)
    {
        long at = FileOffset;
        try
        {
            return StrictUtf8.GetString(Take(count));
        }
        catch (DecoderFallbackException error)
        {
            throw source.Fail("a text is no UTF-8: " + error.Message, at, expected: "UTF-8", found: "other bytes");
        }
    }

    /// <summary>Bytes of Python 2, one letter each.</summary>
    public string Latin1(ulong count) => Encoding.Latin1.GetString(Take(count));

    /// <summary>A line of protocol 0, without its end.</summary>
    public string Line()
    {
        int length = bytes.AsSpan(position, Math.Min(Left, LongestLine)).IndexOf((byte)'\n');
        if (length < 0)
        {
            throw Fail("a line has no end", $"a line break within {LongestLine} bytes", $"none in {Math.Min(Left, LongestLine)}");
        }

        string line = Latin1((ulong)length);
        position++;
        return line;
    }

    public CheckpointException Fail(string problem, string expected, string found) =>
        source.Fail(problem, FileOffset, expected: expected, found: found);
}
