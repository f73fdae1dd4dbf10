using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Memory;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;

namespace SixLabors.ImageSharp;

/// <summary>Pixels in one pooled block. After Dispose the size and metadata can still be read; everything else throws.</summary>
public sealed class Image<TPixel> : Image
    where TPixel : unmanaged, IPixel<TPixel>
{
    private PixelBuffer<TPixel> buffer;

    public Image(int width, int height)
        : this(Configuration.Default, width, height)
    {
    }

    public Image(int width, int height, TPixel backgroundColor)
        : this(Configuration.Default, width, height) => Pixels.Fill(backgroundColor);

    public Image(Configuration configuration, int width, int height)
        : this(configuration, new ImageMetadata(), Allocate(width, height)) => Pixels.Clear();

    internal Image(Configuration configuration, ImageMetadata metadata, PixelBuffer<TPixel> buffer)
        : base(configuration, metadata) => this.buffer = buffer;

    public override PixelTypeInfo PixelType => new(Unsafe.SizeOf<TPixel>() * 8);

    public override Size Size => buffer.Size;

    internal Span<TPixel> Pixels => buffer.Span;

    internal Span<byte> Bytes => buffer.Bytes;

    public TPixel this[int x, int y]
    {
        get => buffer.Row(y)[CheckColumn(x)];
        set => buffer.Row(y)[CheckColumn(x)] = value;
    }

    public void ProcessPixelRows(PixelAccessorAction<TPixel> processPixels)
    {
        ArgumentNullException.ThrowIfNull(processPixels);
        _ = Pixels;
        processPixels(new PixelAccessor<TPixel>(buffer));
    }

    public void CopyPixelDataTo(Span<TPixel> destination) => Pixels.CopyTo(destination);

    public void CopyPixelDataTo(Span<byte> destination) => Pixels.CopyTo(MemoryMarshal.Cast<byte, TPixel>(destination));

    public bool DangerousTryGetSinglePixelMemory(out Memory<TPixel> memory)
    {
        memory = buffer.Memory;
        return true;
    }

    public Image<TPixel> Clone() => CloneAs<TPixel>();

    public override Image<TPixel2> CloneAs<TPixel2>()
    {
        Span<byte> source = Bytes;
        PixelBuffer<TPixel2> clone = new(Size);
        PixelConversion.Convert(source, PixelConversion.LayoutOf<TPixel>(), clone.Span);
        return new Image<TPixel2>(Configuration, Metadata.DeepClone(), clone);
    }

    public override void Dispose() => buffer.Dispose();

    public override string ToString() => $"Image<{typeof(TPixel).Name}>: {Width}x{Height}";

    internal override void Process(Action<IImageProcessingContext> operation)
    {
        _ = Pixels;
        operation(new ImageProcessingContext<TPixel>(this));
    }

    internal void Replace(PixelBuffer<TPixel> pixels)
    {
        buffer.Dispose();
        buffer = pixels;
    }

    private protected override void EncodeWith(IImageEncoder encoder, Stream stream)
    {
        _ = Pixels;
        encoder.Encode(this, stream);
    }

    private static PixelBuffer<TPixel> Allocate(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        return new PixelBuffer<TPixel>(new Size(width, height));
    }

    private int CheckColumn(int x)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(x);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(x, Width);
        return x;
    }
}
