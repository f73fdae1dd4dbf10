using System.Buffers;
using System.Runtime.InteropServices;

namespace SixLabors.ImageSharp.Memory;

/// <summary>A pooled, contiguous, row-major block of pixels. Contents are undefined until written.</summary>
internal sealed class PixelBuffer<TPixel> : IDisposable
    where TPixel : unmanaged
{
    private TPixel[]? rented;

    public PixelBuffer(Size size)
    {
        ImageLimits.Check(size);
        Size = size;
        rented = ArrayPool<TPixel>.Shared.Rent(checked(size.Width * size.Height));
    }

    public Size Size { get; }

    public Memory<TPixel> Memory => Array.AsMemory(0, Size.Width * Size.Height);

    public Span<TPixel> Span => Array.AsSpan(0, Size.Width * Size.Height);

    public Span<byte> Bytes => MemoryMarshal.AsBytes(Span);

    private TPixel[] Array => rented ?? throw new ObjectDisposedException(nameof(Image));

    public Span<TPixel> Row(int rowIndex)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rowIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rowIndex, Size.Height);
        return Array.AsSpan(rowIndex * Size.Width, Size.Width);
    }

    public void Dispose()
    {
        // Two callers that dispose at once must not return the array twice: the pool would hand it to two owners.
        if (Interlocked.Exchange(ref rented, null) is { } array)
        {
            ArrayPool<TPixel>.Shared.Return(array);
        }
    }
}
