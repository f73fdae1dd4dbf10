using System.Buffers.Binary;

namespace DiTask.Model.Vision.Guard;

/// <summary>Reads entropy-coded data bit by bit, up to the next marker. Behind it come zeros, which are counted.</summary>
internal ref struct JpegBits(ReadOnlySpan<byte> file, int position)
{
    private readonly ReadOnlySpan<byte> file = file;
    private int padding;
    private bool ended;

    /// <summary>The first byte that was not taken; never behind the next marker.</summary>
    public int Position { get; private set; } = position;

    /// <summary>The next bits, from the highest on.</summary>
    public ulong Buffer { get; set; }

    /// <summary>Bits of the buffer that count.</summary>
    public int Count { get; set; }

    /// <summary>Bits that were used and are not there.</summary>
    public readonly int Missing => Math.Max(0, padding - Count);

    /// <summary>Bits that are made up, at the end of the buffer.</summary>
    public readonly int Padding => padding;

    /// <summary>Fills a buffer of <paramref name="count"/> bits up to <c>count | 56</c>.</summary>
    /// <remarks>Buffer and count are given and not read from here, so that the loops of a walk can keep them in registers.</remarks>
    public ulong Refill(ulong buffer, int count)
    {
        if (Position + sizeof(ulong) <= file.Length)
        {
            ulong next = BinaryPrimitives.ReadUInt64BigEndian(file[Position..]);
            if (((~next - 0x0101010101010101) & next & 0x8080808080808080) == 0)
            {
                // None of the eight bytes is FF. Bits beyond the whole bytes that fit are set too, and set again to the same later.
                Position += (63 - count) >> 3;
                return buffer | (next >> count);
            }
        }

        for (; count < 56; count += 8)
        {
            buffer |= (ulong)NextByte() << (56 - count);
        }

        return buffer;
    }

    /// <summary>Steps over up to <see cref="JpegHuffmanTable.LongestStep"/> bits.</summary>
    public void Skip(int bits)
    {
        if (Count <= JpegHuffmanTable.LongestStep)
        {
            Buffer = Refill(Buffer, Count);
            Count |= 56;
        }

        Buffer <<= bits;
        Count -= bits;
    }

    private byte NextByte()
    {
        if (!ended && Position < file.Length)
        {
            byte value = file[Position];
            if (value != 0xFF)
            {
                Position++;
                return value;
            }

            // FF 00 stands for FF; more of FF before it are fill bytes. Anything else is a marker.
            int next = Position + 1;
            while (next < file.Length && file[next] == 0xFF)
            {
                next++;
            }

            if (next < file.Length && file[next] == 0)
            {
                Position = next + 1;
                return value;
            }
        }

        // Remembered, since a file may have megabytes of fill bytes before its marker.
        ended = true;

        padding += 8;
        return 0;
    }
}
