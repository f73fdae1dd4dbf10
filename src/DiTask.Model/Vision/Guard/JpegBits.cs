using System.Buffers.Binary;

namespace DiTask.Model.Vision.Guard;

/// <summary>Reads entropy-coded data bit by bit, up to the next marker. Behind it come zeros, which are counted.</summary>
internal ref struct JpegBits(ReadOnlySpan<byte> file, int position)
{
    private readonly ReadOnlySpan<byte> file = file;
    private int padding;

    /// <summary>The first byte that was not taken; never behind the next marker.</summary>
    public int Position { get; private set; } = position;

    /// <summary>The next bits, from the highest on.</summary>
    public ulong Buffer { get; set; }

    /// <summary>Bits of the buffer that count.</summary>
    public int Count { get; set; }

    /// <summary>More bits were used than there are.</summary>
    public readonly bool Exhausted => Count < padding;

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

    /// <summary>Finds the next code of <paramref name="table"/> without stepping over it.</summary>
    public uint Find(JpegHuffmanTable table)
    {
        Ensure();
        return table.Find(Buffer);
    }

    public void Skip(int bits)
    {
        Ensure();
        Buffer <<= bits;
        Count -= bits;
    }

    /// <summary>Takes up to 16 bits.</summary>
    public int Take(int bits)
    {
        Ensure();
        int value = bits == 0 ? 0 : (int)(Buffer >> (64 - bits));
        Buffer <<= bits;
        Count -= bits;
        return value;
    }

    private void Ensure()
    {
        if (Count <= JpegHuffmanTable.LongestStep)
        {
            Buffer = Refill(Buffer, Count);
            Count |= 56;
        }
    }

    private byte NextByte()
    {
        if (Position < file.Length)
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

        padding += 8;
        return 0;
    }
}
