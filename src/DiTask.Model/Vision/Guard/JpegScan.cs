namespace DiTask.Model.Vision.Guard;

/// <summary>A scan header, with the tables that are in force at it.</summary>
internal sealed class JpegScan
{
    // The standard's limit, which decoders rely on.
    private const int MostBlocksOfUnit = 10;

    private JpegScan(JpegFrame frame, JpegComponent[] components, int first, int last, bool refines)
    {
        Components = components;
        First = first;
        Last = last;
        Refines = refines;
        bool alone = components.Length == 1;
        Units = alone ? components[0].Blocks : frame.UnitsAcross * frame.UnitsDown;
        BlocksOfUnit = alone ? 1 : components.Sum(component => component.Horizontal * component.Vertical);
    }

    public JpegComponent[] Components { get; }

    /// <summary>First coefficient of the scan, in zigzag order.</summary>
    public int First { get; }

    public int Last { get; }

    /// <summary>Adds a bit to coefficients that earlier scans brought.</summary>
    public bool Refines { get; }

    /// <summary>Minimum coded units of the scan.</summary>
    public int Units { get; }

    public int BlocksOfUnit { get; }

    /// <summary>Tables of each block of a unit; no table where the scan has no such codes.</summary>
    public JpegHuffmanTable[] Means { get; private init; } = [];

    public JpegHuffmanTable[] Waves { get; private init; } = [];

    /// <summary>Reads a scan header.</summary>
    /// <exception cref="ImageRejectedException">Broken, or without the tables that it needs.</exception>
    public static JpegScan Read(ReadOnlySpan<byte> segment, JpegFrame frame, JpegTables tables)
    {
        int count = segment.IsEmpty ? 0 : segment[0];
        if (count is < 1 or > 4 || segment.Length < 4 + (2 * count))
        {
            throw ImageGuard.Broken($"Expected a JPEG scan header of 1 to 4 components; found {count} in {segment.Length} bytes.");
        }

        ReadOnlySpan<byte> tail = segment[(1 + (2 * count))..];
        int first = frame.Progressive ? tail[0] : 0, last = frame.Progressive ? tail[1] : 63;
        bool refines = frame.Progressive && tail[2] >> 4 != 0;
        if (last > 63 || first > last || (frame.Progressive && first == 0 && last != 0) || (first > 0 && count > 1))
        {
            throw ImageGuard.Broken(
                $"Expected a progressive JPEG scan of coefficient 0, or of some of 1 to 63 of one component; found {first} to {last} of " +
                $"{count}.");
        }

        var components = new JpegComponent[count];
        List<JpegHuffmanTable> means = [], waves = [];
        for (int i = 0; i < count; i++)
        {
            byte id = segment[1 + (2 * i)], places = segment[2 + (2 * i)];
            components[i] = Array.Find(frame.Components, component => component.Id == id)
                ?? throw ImageGuard.Broken($"Expected a JPEG scan of the frame's components; found component {id}.");
            if (Array.IndexOf(components, components[i]) < i)
            {
                throw ImageGuard.Broken($"Expected a JPEG scan to name each component once; found component {id} twice.");
            }

            int blocks = count == 1 ? 1 : components[i].Horizontal * components[i].Vertical;
            if (first == 0 && !refines)
            {
                means.AddRange(Enumerable.Repeat(tables.Means(places >> 4), blocks));
            }

            if (last > 0)
            {
                waves.AddRange(Enumerable.Repeat(tables.Waves(places & 15), blocks));
            }
        }

        JpegScan scan = new(frame, components, first, last, refines) { Means = [.. means], Waves = [.. waves] };
        return scan.BlocksOfUnit <= MostBlocksOfUnit
            ? scan
            : throw ImageGuard.Broken($"Expected at most {MostBlocksOfUnit} blocks in a unit of a JPEG scan; found {scan.BlocksOfUnit}.");
    }
}
