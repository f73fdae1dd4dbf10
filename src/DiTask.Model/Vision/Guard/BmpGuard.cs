using System.Buffers.Binary;
using System.Numerics;

namespace DiTask.Model.Vision.Guard;

/// <summary>Rules for BMP.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>The second header is one of those that exist: two letters are too little to call a file a BMP.</item>
/// <item>Rows lie between the headers and the end of the file: decoders reserve what an offset claims, and read rows past the end as
/// black.</item>
/// <item>Run-length data go on to their end mark, or over all rows: the rest would be made up.</item>
/// <item>Masks of channels are without gaps: none are made so, and the decoder writes about them to the process's error stream.</item>
/// <item>No JPEG or PNG inside: these have rules of their own.</item>
/// </list>
/// </remarks>
internal static class BmpGuard
{
    private const int FileHeaderBytes = 14;
    private const int CoreHeaderBytes = 12;
    private const int SmallestHeaders = FileHeaderBytes + CoreHeaderBytes;
    private const int MasksOffset = 54; // behind the 40 bytes that all later headers begin with
    private const int MaskBytes = 12;
    private const uint RunLength8 = 1;
    private const uint RunLength4 = 2;
    private const uint Masks = 3;
    private const uint MasksWithAlpha = 6;

    public static bool IsMatch(ReadOnlySpan<byte> file) => file.Length >= SmallestHeaders && file.StartsWith("BM"u8)
        && BinaryPrimitives.ReadUInt32LittleEndian(file[FileHeaderBytes..]) is CoreHeaderBytes or 40 or 52 or 56 or 64 or 108 or 124;

    /// <summary>Reads both headers.</summary>
    /// <exception cref="ImageRejectedException">They are broken or cut.</exception>
    public static StoredHeader ReadHeader(ReadOnlySpan<byte> file)
    {
        Headers headers = Read(file);
        return new StoredHeader(headers.Width, headers.Height, ImageFormat.Bmp, 1);
    }

    /// <summary>Checks where the rows lie.</summary>
    /// <exception cref="ImageRejectedException">A rule is broken.</exception>
    public static void Check(ReadOnlySpan<byte> file)
    {
        Headers headers = Read(file);
        if (headers.Offset < headers.End || headers.Offset > file.Length)
        {
            throw ImageGuard.Broken(
                $"Expected the BMP's rows behind its headers, at byte {headers.End} to {file.Length}; found {headers.Offset}.");
        }

        if (headers.Compression is Masks or MasksWithAlpha)
        {
            RequireMasks(file);
        }

        if (headers.Compression is RunLength8 or RunLength4)
        {
            RequireRuns(file[(int)headers.Offset..], headers);
            return;
        }

        // Rows are filled up to 4 bytes; some writers leave that out in the last.
        long stride = (((long)headers.Width * headers.Bits) + 31) / 32 * 4, row = (((long)headers.Width * headers.Bits) + 7) / 8;
        long end = headers.Offset + (stride * (headers.Height - 1)) + row;
        if (end > file.Length)
        {
            throw ImageGuard.Broken(
                $"Expected a BMP of {headers.Width}x{headers.Height} at {headers.Bits} bits per pixel to end at byte {end}; found " +
                $"{file.Length} bytes.");
        }
    }

    private static Headers Read(ReadOnlySpan<byte> file)
    {
        int size = BinaryPrimitives.ReadInt32LittleEndian(file[FileHeaderBytes..]), end = FileHeaderBytes + size;
        if (file.Length < end)
        {
            throw ImageGuard.Broken($"Expected BMP headers of {end} bytes; found a file of {file.Length}.");
        }

        bool core = size == CoreHeaderBytes;
        ReadOnlySpan<byte> info = file.Slice(FileHeaderBytes, size);
        int width = core ? BinaryPrimitives.ReadUInt16LittleEndian(info[4..]) : BinaryPrimitives.ReadInt32LittleEndian(info[4..]);
        int height = core ? BinaryPrimitives.ReadUInt16LittleEndian(info[6..]) : BinaryPrimitives.ReadInt32LittleEndian(info[8..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(info[(core ? 10 : 14)..]);
        uint compression = core ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(info[16..]);
        if (width <= 0 || height is 0 or int.MinValue || (bits is not (1 or 4 or 8 or 16 or 24 or 32) && compression is not (4 or 5)))
        {
            throw ImageGuard.Broken(
                $"Expected a BMP with sides above 0 and 1, 4, 8, 16, 24 or 32 bits per pixel; found {width}x{height} at {bits}.");
        }

        bool exists = compression switch
        {
            0 => true,
            RunLength8 => bits == 8,
            RunLength4 => bits == 4,
            Masks or MasksWithAlpha => bits is 16 or 32,
            _ => false,
        };
        return exists
            ? new Headers(width, Math.Abs(height), bits, compression, BinaryPrimitives.ReadUInt32LittleEndian(file[10..]), end)
            : throw new ImageRejectedException(
                compression is 4 or 5 ? ImageRejection.UnsupportedFormat : ImageRejection.Undecodable,
                $"Expected BMP rows that are plain, with masks, or run-length coded at 4 or 8 bits; found compression {compression} at " +
                $"{bits} bits per pixel.");
    }

    private static void RequireMasks(ReadOnlySpan<byte> file)
    {
        if (file.Length < MasksOffset + MaskBytes)
        {
            throw ImageGuard.Broken($"Expected the BMP's masks up to byte {MasksOffset + MaskBytes}; found {file.Length} bytes.");
        }

        for (int offset = MasksOffset; offset < MasksOffset + MaskBytes; offset += sizeof(uint))
        {
            uint mask = BinaryPrimitives.ReadUInt32LittleEndian(file[offset..]);
            uint shifted = mask == 0 ? 0 : mask >> BitOperations.TrailingZeroCount(mask);
            if ((shifted & (shifted + 1)) != 0)
            {
                throw ImageGuard.Broken($"Expected BMP masks without gaps; found {mask:X8}.");
            }
        }
    }

    // Pairs of a count and a colour, or of 0 and what to do.
    private static void RequireRuns(ReadOnlySpan<byte> data, Headers headers)
    {
        int pixelsOfByte = 8 / headers.Bits;
        long column = 0, row = 0;
        int position = 0;
        while (position + 2 <= data.Length)
        {
            int count = data[position], value = data[position + 1];
            position += 2;
            if (count > 0)
            {
                column += count;
            }
            else if (value == 0)
            {
                (column, row) = (0, row + 1);
            }
            else if (value == 1)
            {
                return;
            }
            else if (value == 2)
            {
                if (position + 2 > data.Length)
                {
                    break;
                }

                (column, row) = (column + data[position], row + data[position + 1]);
                position += 2;
            }
            else
            {
                // As many pixels as the value says, in bytes filled up to an even number.
                int bytes = (value + pixelsOfByte - 1) / pixelsOfByte;
                column += position + bytes <= data.Length ? value : 0;
                position += bytes + (bytes & 1);
            }
        }

        if (row < headers.Height - 1 || (row == headers.Height - 1 && column < headers.Width))
        {
            throw ImageGuard.Broken(
                $"Expected run-length data for {headers.Height} rows of {headers.Width} pixels in the BMP; found the end in row {row}, " +
                $"column {column}.");
        }
    }

    /// <param name="Width">Columns.</param>
    /// <param name="Height">Rows, whichever comes first.</param>
    /// <param name="Bits">Bits per pixel.</param>
    /// <param name="Compression">As the header numbers it.</param>
    /// <param name="Offset">First byte of the rows.</param>
    /// <param name="End">First byte behind the headers.</param>
    private readonly record struct Headers(int Width, int Height, int Bits, uint Compression, uint Offset, int End);
}
