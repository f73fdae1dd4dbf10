using SixLabors.ImageSharp.Memory;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp;

public ref struct PixelAccessor<TPixel>
    where TPixel : unmanaged, IPixel<TPixel>
{
    private readonly PixelBuffer<TPixel> buffer;

    internal PixelAccessor(PixelBuffer<TPixel> buffer) => this.buffer = buffer;

    public readonly int Width => buffer.Size.Width;

    public readonly int Height => buffer.Size.Height;

    public readonly Span<TPixel> GetRowSpan(int rowIndex) => buffer.Row(rowIndex);
}
