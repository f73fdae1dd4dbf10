using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp.Formats;

/// <summary>What a codec learns without touching a pixel. <see cref="Layout"/> is what its Decode writes.</summary>
internal sealed record ImageHeader(Size Size, int BitsPerPixel, PixelLayout Layout, ImageMetadata Metadata);
