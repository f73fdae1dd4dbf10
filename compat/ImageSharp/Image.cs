using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;

namespace SixLabors.ImageSharp;

public abstract partial class Image : IDisposable
{
    private protected Image(Configuration configuration, ImageMetadata metadata)
    {
        Configuration = configuration;
        Metadata = metadata;
    }

    public Configuration Configuration { get; }

    public ImageMetadata Metadata { get; }

    public abstract PixelTypeInfo PixelType { get; }

    public abstract Size Size { get; }

    public int Width => Size.Width;

    public int Height => Size.Height;

    public void Save(Stream stream, IImageEncoder encoder)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(encoder);
        EncodeWith(encoder, stream);
    }

    public abstract Image<TPixel2> CloneAs<TPixel2>()
        where TPixel2 : unmanaged, IPixel<TPixel2>;

    public abstract void Dispose();

    internal abstract void Process(Action<IImageProcessingContext> operation);

    private protected abstract void EncodeWith(IImageEncoder encoder, Stream stream);
}
