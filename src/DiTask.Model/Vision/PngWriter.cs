using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace DiTask.Model.Vision;

/// <summary>Writes a PNG row by row, so that a map of any size needs memory for one row.</summary>
/// <remarks>
/// Written here and not by the image library because maps need what few libraries offer together: 16-bit gray and RGB, a palette whose
/// indices are the labels, text chunks, and rows that do not exist at the same time. Compression is the fastest level; label maps are not
/// filtered, since their long runs compress better as they are.
/// </remarks>
internal sealed class PngWriter : IDisposable
{
    private const byte FilterNone = 0;
    private const byte FilterUp = 2;

    private static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    private readonly Stream output;
    private readonly bool filtered;
    private readonly byte[] previous;
    private readonly byte[] line;
    private readonly int height;
    private PngChunkStream? chunks;
    private ZLibStream? compressor;
    private int rows;

    /// <summary>Starts a PNG.</summary>
    /// <param name="output">Stays open.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="color">What the samples are.</param>
    /// <param name="bits">8 or 16 per sample.</param>
    /// <param name="palette">R, G, B per index, for indexed colour only.</param>
    /// <param name="labels">The samples are labels: long runs of the same value.</param>
    public PngWriter(Stream output, int width, int height, PngColor color, int bits, ReadOnlySpan<byte> palette = default, bool labels = false)
    {
        this.output = output;
        this.height = height;
        filtered = !labels;
        int rowBytes = checked(width * (color == PngColor.Rgb ? 3 : 1) * (bits / 8));
        previous = new byte[rowBytes];
        line = new byte[rowBytes + 1];
        output.Write(Signature);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = (byte)bits;
        header[9] = (byte)color;
        header[10..].Clear();
        PngChunkStream.WriteChunk(output, "IHDR"u8, header);
        if (color == PngColor.Indexed)
        {
            PngChunkStream.WriteChunk(output, "PLTE"u8, palette);
        }
    }

    /// <summary>Adds a text chunk; before the first row.</summary>
    public void WriteText(string key, string value)
    {
        if (compressor is not null)
        {
            throw new InvalidOperationException("Text comes before the rows.");
        }

        PngChunkStream.WriteChunk(output, "tEXt"u8, Encoding.Latin1.GetBytes($"{key}\0{value}"));
    }

    /// <summary>Adds a row of samples; 16-bit samples are big-endian.</summary>
    public void WriteRow(ReadOnlySpan<byte> row)
    {
        if (row.Length != previous.Length || rows == height)
        {
            throw new InvalidOperationException($"Expected {height} rows of {previous.Length} bytes; found row {rows} of {row.Length}.");
        }

        chunks ??= new PngChunkStream(output);
        compressor ??= new ZLibStream(chunks, CompressionLevel.Fastest, leaveOpen: true);
        line[0] = filtered ? FilterUp : FilterNone;
        if (filtered)
        {
            for (int i = 0; i < row.Length; i++)
            {
                line[i + 1] = (byte)(row[i] - previous[i]);
            }

            row.CopyTo(previous);
        }
        else
        {
            row.CopyTo(line.AsSpan(1));
        }

        compressor.Write(line);
        rows++;
    }

    /// <summary>Ends the file.</summary>
    /// <exception cref="InvalidOperationException">Rows are missing.</exception>
    public void Finish()
    {
        if (rows != height)
        {
            throw new InvalidOperationException($"Expected {height} rows; found {rows}.");
        }

        Dispose();
        PngChunkStream.WriteChunk(output, "IEND"u8, []);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        compressor?.Dispose();
        chunks?.Dispose();
        compressor = null;
        chunks = null;
    }
}
