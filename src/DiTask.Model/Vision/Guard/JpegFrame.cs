using System.Buffers.Binary;

namespace DiTask.Model.Vision.Guard;

/// <summary>A frame header: the size of the picture and how its components are sampled.</summary>
internal sealed class JpegFrame
{
    private const int FixedBytes = 6;
    private const int ComponentBytes = 3;
    private const int BlockSide = 8;

    private JpegFrame(byte marker, int width, int height, JpegComponent[] components)
    {
        Progressive = marker == 0xC2;
        Width = width;
        Height = height;
        Components = components;
        int across = components.Max(component => component.Horizontal), down = components.Max(component => component.Vertical);
        UnitsAcross = DivideUp(width, across * BlockSide);
        UnitsDown = DivideUp(height, down * BlockSide);
        foreach (JpegComponent component in components)
        {
            component.BlocksAcross = DivideUp(width * component.Horizontal, across * BlockSide);
            component.BlocksDown = DivideUp(height * component.Vertical, down * BlockSide);
        }
    }

    public bool Progressive { get; }

    public int Width { get; }

    public int Height { get; }

    public JpegComponent[] Components { get; }

    /// <summary>Minimum coded units of a scan of several components.</summary>
    public int UnitsAcross { get; }

    public int UnitsDown { get; }

    /// <summary>Reads a frame header.</summary>
    /// <exception cref="ImageRejectedException">Broken, or of a kind that is not accepted.</exception>
    public static JpegFrame Read(byte marker, ReadOnlySpan<byte> segment)
    {
        // Lossless, hierarchical and arithmetic-coded files: decoders refuse them or were never tested on them, and no camera writes them.
        if (Kind(marker) is { } kind)
        {
            throw new ImageRejectedException(
                ImageRejection.UnsupportedFormat,
                $"Expected a baseline or progressive JPEG with Huffman codes; found {kind} JPEG, frame marker {marker:X2}.");
        }

        if (segment.Length < FixedBytes || segment.Length < FixedBytes + (segment[5] * ComponentBytes))
        {
            throw ImageGuard.Broken(
                $"Expected a JPEG frame header of at least {FixedBytes} bytes and {ComponentBytes} per component; found {segment.Length}.");
        }

        int precision = segment[0];
        int height = BinaryPrimitives.ReadUInt16BigEndian(segment[1..]), width = BinaryPrimitives.ReadUInt16BigEndian(segment[3..]);
        if (precision is 12 or 16)
        {
            throw new ImageRejectedException(ImageRejection.UnsupportedFormat, $"Expected a JPEG of 8 bits per sample; found {precision}.");
        }

        // A height of 0 announces that it comes behind the first scan; decoders do not take that.
        if (width == 0 || height == 0 || precision != 8 || segment[5] is not (1 or 3 or 4))
        {
            throw ImageGuard.Broken(
                $"Expected a JPEG with sides above 0 and 1, 3 or 4 components of 8 bits; found {width}x{height}, {segment[5]} components " +
                $"of {precision} bits.");
        }

        var components = new JpegComponent[segment[5]];
        for (int i = 0; i < components.Length; i++)
        {
            ReadOnlySpan<byte> component = segment.Slice(FixedBytes + (i * ComponentBytes), ComponentBytes);
            int horizontal = component[1] >> 4, vertical = component[1] & 15;
            if (horizontal is < 1 or > 4 || vertical is < 1 or > 4)
            {
                throw ImageGuard.Broken($"Expected JPEG sampling factors of 1 to 4; found {horizontal}x{vertical}.");
            }

            components[i] = new JpegComponent(component[0], horizontal, vertical);
        }

        return new JpegFrame(marker, width, height, components);
    }

    private static string? Kind(byte marker) => marker switch
    {
        0xC0 or 0xC1 or 0xC2 => null,
        0xC3 => "lossless",
        0xC9 or 0xCA => "arithmetic-coded",
        0xCB => "lossless arithmetic-coded",
        _ => "hierarchical",
    };

    private static int DivideUp(int value, int divisor) => (value + divisor - 1) / divisor;
}

/// <summary>One component of a frame.</summary>
/// <param name="id">The name that scans call it by.</param>
/// <param name="horizontal">Blocks of a unit across.</param>
/// <param name="vertical">Blocks of a unit down.</param>
internal sealed class JpegComponent(byte id, int horizontal, int vertical)
{
    public byte Id { get; } = id;

    public int Horizontal { get; } = horizontal;

    public int Vertical { get; } = vertical;

    /// <summary>Blocks that hold pixels; a scan of this component alone has only these.</summary>
    public int BlocksAcross { get; set; }

    public int BlocksDown { get; set; }

    public int Blocks => BlocksAcross * BlocksDown;

    /// <summary>Its constant coefficients were in a scan.</summary>
    public bool HasMeans { get; set; }

    /// <summary>
    /// Which of the 64 coefficients of each block are not 0 by now, in a progressive file; later scans have a bit for each of them.
    /// </summary>
    public ulong[]? Coefficients { get; set; }
}
