namespace DiTask.Model.Vision.Guard;

/// <summary>The Huffman tables that are in force: of two kinds, in four places each.</summary>
/// <remarks>
/// They are built when a scan asks for them, since a file may define far more than it uses. The standard's own tables are there from the
/// start: frames of Motion JPEG leave them out, and decoders take such files.
/// </remarks>
internal sealed class JpegTables
{
    private const int Places = 4;
    private const int CountBytes = 16;
    private const int MostSymbols = 256;

    private readonly byte[]?[] definitions = new byte[]?[2 * Places];
    private readonly JpegHuffmanTable?[] built = new JpegHuffmanTable?[2 * Places];

    /// <summary>The standard's tables K.3 to K.6.</summary>
    public JpegTables()
    {
        definitions[0] = Convert.FromHexString("00010501010101010100000000000000" + "000102030405060708090A0B");
        definitions[1] = Convert.FromHexString("00030101010101010101010000000000" + "000102030405060708090A0B");
        definitions[Places] = Convert.FromHexString(
            "0002010303020403050504040000017D" +
            "01020300041105122131410613516107227114328191A1082342B1C11552D1F02433627282090A161718191A25262728292A3435363738393A" +
            "434445464748494A535455565758595A636465666768696A737475767778797A838485868788898A92939495969798999AA2A3A4A5A6A7A8A9AA" +
            "B2B3B4B5B6B7B8B9BAC2C3C4C5C6C7C8C9CAD2D3D4D5D6D7D8D9DAE1E2E3E4E5E6E7E8E9EAF1F2F3F4F5F6F7F8F9FA");
        definitions[Places + 1] = Convert.FromHexString(
            "00020102040403040705040400010277" +
            "000102031104052131061241510761711322328108144291A1B1C109233352F0156272D10A162434E125F11718191A262728292A35363738393A" +
            "434445464748494A535455565758595A636465666768696A737475767778797A82838485868788898A92939495969798999AA2A3A4A5A6A7A8A9AA" +
            "B2B3B4B5B6B7B8B9BAC2C3C4C5C6C7C8C9CAD2D3D4D5D6D7D8D9DAE2E3E4E5E6E7E8E9EAF2F3F4F5F6F7F8F9FA");
    }

    /// <summary>Reads a segment of definitions.</summary>
    /// <exception cref="ImageRejectedException">The segment is broken.</exception>
    public void Define(ReadOnlySpan<byte> segment)
    {
        while (!segment.IsEmpty)
        {
            int symbols = segment.Length > CountBytes ? Sum(segment.Slice(1, CountBytes)) : 0;
            int kind = segment[0] >> 4, place = segment[0] & 15, bytes = 1 + CountBytes + symbols;
            if (kind > 1 || place >= Places || symbols > MostSymbols || bytes > segment.Length)
            {
                throw ImageGuard.Broken(
                    $"Expected a JPEG Huffman table of kind 0 or 1 in place 0 to 3; found kind {kind}, place {place}, {symbols} symbols " +
                    $"in {segment.Length} bytes.");
            }

            definitions[(kind * Places) + place] = segment[1..bytes].ToArray();
            built[(kind * Places) + place] = null;
            segment = segment[bytes..];
        }
    }

    /// <summary>The table of constant coefficients in place <paramref name="place"/>.</summary>
    public JpegHuffmanTable Means(int place) => Build(0, place);

    /// <summary>The table of all other coefficients in place <paramref name="place"/>.</summary>
    public JpegHuffmanTable Waves(int place) => Build(1, place);

    private JpegHuffmanTable Build(int kind, int place)
    {
        int index = (kind * Places) + place;
        if (place >= Places || definitions[index] is not { } definition)
        {
            throw ImageGuard.Broken($"Expected a JPEG scan to use Huffman tables that are defined; found kind {kind}, place {place}.");
        }

        return built[index] ??= new JpegHuffmanTable(definition);
    }

    private static int Sum(ReadOnlySpan<byte> counts)
    {
        int sum = 0;
        foreach (byte count in counts)
        {
            sum += count;
        }

        return sum;
    }
}
