namespace DiTask.Model.Vision.Guard;

/// <summary>What the first bytes of a file say of the picture as it is stored, before it is turned upright.</summary>
/// <param name="Width">Stored columns, at least 1.</param>
/// <param name="Height">Stored rows, at least 1.</param>
/// <param name="Format">One of the accepted formats.</param>
/// <param name="Orientation">EXIF orientation, 1 to 8; 1 when the file has none or a wrong one.</param>
internal sealed record StoredHeader(int Width, int Height, ImageFormat Format, int Orientation)
{
    private const int OutputBytes = 4;
    private const int PictureBytes = 3;

    /// <summary>Frames of an animation; 1 for a still picture.</summary>
    public int Frames { get; init; } = 1;

    /// <summary>
    /// Bytes per pixel that the decoder holds beside its output: coefficients of a JPEG in several scans, samples of an interlaced PNG,
    /// colours of a lossless WebP.
    /// </summary>
    public int LibraryBytesPerPixel { get; init; }

    public long PixelCount => (long)Width * Height;

    /// <summary>
    /// Memory for the decoder's own, its output in four bytes per pixel, of which a JPEG needs a few rows at a time, and the picture.
    /// </summary>
    public long DecodeBytes => PixelCount * (LibraryBytesPerPixel + (Format == ImageFormat.Jpeg ? 0 : OutputBytes) + PictureBytes);

    /// <summary>Rows of the file become columns of the upright picture.</summary>
    public bool Sideways => Orientation >= 5;
}

/// <summary>The accepted formats, told apart by their first bytes.</summary>
internal enum ImageFormat
{
    Jpeg,
    Png,
    Webp,
    Bmp,
}
