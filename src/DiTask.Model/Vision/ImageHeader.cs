namespace DiTask.Model.Vision;

/// <summary>What a picture's header says, read without decoding its pixels.</summary>
/// <param name="Width">Columns of the upright picture.</param>
/// <param name="Height">Rows of the upright picture.</param>
/// <param name="MediaType">image/jpeg, image/png, image/webp or image/bmp, from the bytes and not from a name.</param>
/// <param name="Orientation">EXIF orientation 1 to 8 that was taken into account; 1 when the file has none or a wrong one.</param>
public sealed record ImageHeader(int Width, int Height, string MediaType, int Orientation)
{
    /// <summary>Frames of an animation, of which only the first is decoded; 1 for a still picture.</summary>
    public int Frames { get; init; } = 1;

    /// <summary>Memory in bytes that decoding takes, estimated: the picture, and what the decoder holds until it is done.</summary>
    public long DecodeBytes { get; init; }

    /// <summary>Pixels of the picture.</summary>
    public long PixelCount => (long)Width * Height;
}
