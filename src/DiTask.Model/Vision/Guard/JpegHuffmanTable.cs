namespace DiTask.Model.Vision.Guard;

/// <summary>A Huffman table whose lookup says at once how many bits a code and its magnitude take.</summary>
internal sealed class JpegHuffmanTable
{
    /// <summary>Longest code and magnitude; the reader holds at least this many bits.</summary>
    public const int LongestStep = 31;

    private const int LongestCode = 16;
    private const int LookupBits = 10;
    private const int LongZeroRun = 0xF0;

    private readonly uint[] lookup = new uint[1 << LookupBits];

    // Of the codes of each length: the first code behind them, left-aligned in 16 bits, and how far its place in the symbols is from it.
    private readonly int[] ends = new int[LongestCode + 1];
    private readonly int[] places = new int[LongestCode + 1];
    private readonly byte[] symbols;

    /// <summary>Builds a table.</summary>
    /// <param name="definition">Numbers of codes of 1 to 16 bits, then the symbols.</param>
    /// <exception cref="ImageRejectedException">There are more codes than their lengths allow.</exception>
    public JpegHuffmanTable(ReadOnlySpan<byte> definition)
    {
        symbols = definition[LongestCode..].ToArray();
        int code = 0, place = 0;
        for (int length = 1; length <= LongestCode; length++)
        {
            places[length] = place - code;
            for (int i = 0; i < definition[length - 1]; i++, code++, place++)
            {
                if (code >= 1 << length)
                {
                    throw ImageGuard.Broken($"Expected at most {1 << length} JPEG Huffman codes of {length} bits; found more.");
                }

                if (length <= LookupBits)
                {
                    lookup.AsSpan(code << (LookupBits - length), 1 << (LookupBits - length)).Fill(Entry(length, symbols[place]));
                }
            }

            ends[length] = code << (LongestCode - length);
            code <<= 1;
        }
    }

    /// <summary>Says what the code at the top of <paramref name="bits"/> is.</summary>
    /// <returns>0 for a code that is not in the table; to be taken apart by the methods below.</returns>
    public uint Find(ulong bits)
    {
        uint entry = lookup[(int)(bits >> (64 - LookupBits))];
        return entry != 0 ? entry : FindLong((int)(bits >> (64 - LongestCode)));
    }

    /// <summary>Bits of the code and of the magnitude behind it.</summary>
    public static int Bits(uint entry) => (int)(entry & 63);

    /// <summary>Coefficients that the symbol of a sequential scan covers; 64 at the end of a block.</summary>
    public static int Advance(uint entry) => (int)((entry >> 6) & 127);

    public static int Symbol(uint entry) => (int)((entry >> 16) & 255);

    /// <summary>Bits of the code alone.</summary>
    public static int CodeBits(uint entry) => (int)(entry >> 24);

    private static uint Entry(int length, byte symbol)
    {
        int magnitude = symbol & 15;
        int advance = magnitude != 0 ? (symbol >> 4) + 1 : symbol == LongZeroRun ? 16 : 64;
        return (uint)(length + magnitude) | ((uint)advance << 6) | ((uint)symbol << 16) | ((uint)length << 24);
    }

    private uint FindLong(int bits)
    {
        for (int length = LookupBits + 1; length <= LongestCode; length++)
        {
            if (bits < ends[length])
            {
                return Entry(length, symbols[(bits >> (LongestCode - length)) + places[length]]);
            }
        }

        return 0;
    }
}
