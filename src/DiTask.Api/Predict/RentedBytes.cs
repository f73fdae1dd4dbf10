using System.Buffers;

namespace DiTask.Api.Predict;

/// <summary>Bytes of a stream in a pooled buffer.</summary>
internal sealed class RentedBytes : IDisposable
{
    private const int FirstBytes = 64 * 1024;

    private byte[]? buffer;
    private int length;

    private RentedBytes(byte[] buffer) => this.buffer = buffer;

    public ReadOnlyMemory<byte> Memory => buffer is { } bytes ? bytes.AsMemory(0, length) : throw new ObjectDisposedException(nameof(RentedBytes));

    /// <summary>Bytes that the stream had, kept or not.</summary>
    public long TotalBytes { get; private set; }

    /// <summary>A buffer of <paramref name="length"/> bytes that the caller fills.</summary>
    public static RentedBytes Rent(int length, out Span<byte> bytes)
    {
        RentedBytes result = new(ArrayPool<byte>.Shared.Rent(length)) { length = length, TotalBytes = length };
        bytes = result.buffer.AsSpan(0, length);
        return result;
    }

    /// <summary>Copies <paramref name="bytes"/>.</summary>
    public static RentedBytes CopyOf(ReadOnlySpan<byte> bytes)
    {
        RentedBytes result = Rent(bytes.Length, out Span<byte> copy);
        bytes.CopyTo(copy);
        return result;
    }

    /// <summary>Reads <paramref name="stream"/> to its end; of more than <paramref name="maxBytes"/> nothing is kept.</summary>
    public static Task<RentedBytes> ReadAsync(Stream stream, int maxBytes, CancellationToken cancellation) =>
        ReadAsync(stream, maxBytes, toEnd: true, cancellation);

    /// <summary>Reads <paramref name="stream"/>, and stops once it has more than <paramref name="maxBytes"/>, of which nothing is kept.</summary>
    public static Task<RentedBytes> ReadUpToAsync(Stream stream, int maxBytes, CancellationToken cancellation) =>
        ReadAsync(stream, maxBytes, toEnd: false, cancellation);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref buffer, null) is { } rented)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static async Task<RentedBytes> ReadAsync(Stream stream, int maxBytes, bool toEnd, CancellationToken cancellation)
    {
        // Grows as bytes arrive: a length that a client only claims takes no memory.
        RentedBytes result = new(ArrayPool<byte>.Shared.Rent(FirstBytes));
        try
        {
            while (true)
            {
                int read = await stream.ReadAsync(result.Room(), cancellation).ConfigureAwait(false);
                if (read == 0)
                {
                    return result;
                }

                result.TotalBytes += read;
                result.length = result.TotalBytes <= maxBytes ? (int)result.TotalBytes : 0;
                if (result.TotalBytes > maxBytes && !toEnd)
                {
                    return result;
                }
            }
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    private Memory<byte> Room()
    {
        byte[] bytes = buffer!;
        if (length == bytes.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(2 * length);
            bytes.CopyTo(larger, 0);
            buffer = larger;
            ArrayPool<byte>.Shared.Return(bytes);
            bytes = larger;
        }

        return bytes.AsMemory(length);
    }
}
