using System.Buffers;

namespace DiTask.Model.Vision;

/// <summary>An upright picture, 8 bits per channel, in a pooled buffer that <see cref="Dispose"/> gives back.</summary>
/// <remarks><b>Shapes:</b> [Height, Width, 3], row-major, R G B.</remarks>
public sealed class RgbImage : IDisposable
{
    private byte[]? buffer;

    /// <summary>A picture with undefined pixels.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is not positive, or the picture needs more than 2 GiB.</exception>
    public RgbImage(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        long bytes = (long)width * height * 3;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, Array.MaxLength, nameof(height));
        Width = width;
        Height = height;
        buffer = ArrayPool<byte>.Shared.Rent((int)bytes);
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>All pixels.</summary>
    /// <exception cref="ObjectDisposedException">The buffer has been given back.</exception>
    public Span<byte> Pixels
    {
        get
        {
            ObjectDisposedException.ThrowIf(buffer is null, this);
            return buffer.AsSpan(0, Width * Height * 3);
        }
    }

    /// <summary>Pixels of row <paramref name="y"/>.</summary>
    /// <exception cref="ObjectDisposedException">The buffer has been given back.</exception>
    public Span<byte> Row(int y) => Pixels.Slice(y * Width * 3, Width * 3);

    /// <inheritdoc/>
    public void Dispose()
    {
        byte[]? rented = Interlocked.Exchange(ref buffer, null);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
