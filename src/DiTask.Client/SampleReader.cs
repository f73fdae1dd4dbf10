using System.Buffers.Binary;
using DiTask.Model.Vision;

namespace DiTask.Client;

/// <summary>Takes the container off a map: PNG, npy, or none.</summary>
internal static class SampleReader
{
    private const int NpyPrefixBytes = 10;

    public static Samples Read(TaskMap map)
    {
        if (map.Data.IsEmpty)
        {
            throw new InvalidOperationException("The map has no data; it was asked for with maps=none.");
        }

        int sampleBytes = Samples.BytesOf(map.DType);
        long expected = (long)map.Width * map.Height * map.Channels * sampleBytes;
        ReadOnlyMemory<byte> bytes = map.MediaType switch
        {
            "image/png" => FromPng(map, sampleBytes),
            "application/x-npy" => AfterNpyHeader(map.Data),
            "application/octet-stream" => map.Data,
            _ => throw new InvalidDataException(
                $"Expected a map of type image/png, application/x-npy or application/octet-stream; found '{map.MediaType}'."),
        };
        return bytes.Length == expected
            ? new Samples(bytes, map.DType)
            : throw new InvalidDataException(
                $"A map of {map.Width}x{map.Height} pixels, {map.Channels} x {map.DType} each, has {expected} bytes; found {bytes.Length}.");
    }

    private static byte[] FromPng(TaskMap map, int sampleBytes)
    {
        PngHeader header = PngReader.ReadHeader(map.Data.Span);
        if ((header.Width, header.Height, header.Channels, header.Bits) != (map.Width, map.Height, map.Channels, 8 * sampleBytes))
        {
            throw new InvalidDataException(
                $"Expected a PNG of {map.Width}x{map.Height}, {map.Channels} x {8 * sampleBytes} bits; " +
                $"found {header.Width}x{header.Height}, {header.Channels} x {header.Bits} bits.");
        }

        // No checksum: the transport has its own.
        ushort[] values = PngReader.Read(map.Data.Span, (long)map.Width * map.Height, checksum: null).Values;
        if (sampleBytes == 1)
        {
            return Array.ConvertAll(values, value => (byte)value);
        }

        byte[] bytes = new byte[2 * values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2 * i), values[i]);
        }

        return bytes;
    }

    // Version 1.0, which the service writes: six bytes of magic, two of version, two of length.
    private static ReadOnlyMemory<byte> AfterNpyHeader(ReadOnlyMemory<byte> data)
    {
        ReadOnlySpan<byte> bytes = data.Span;
        if (bytes.Length < NpyPrefixBytes || !bytes[1..].StartsWith("NUMPY"u8) || bytes[6] != 1)
        {
            throw new InvalidDataException("Expected an npy file of version 1.");
        }

        int start = NpyPrefixBytes + BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]);
        return start <= bytes.Length ? data[start..] : throw new InvalidDataException($"The npy header ends at byte {start}; the file has {bytes.Length}.");
    }
}
