namespace SixLabors.ImageSharp.Formats;

/// <summary>One file format: recognised by its first bytes, described by its header, decoded into memory of the caller.</summary>
internal interface IImageCodec
{
    IImageFormat Format { get; }

    bool IsMatch(ReadOnlySpan<byte> data);

    /// <summary>Reads the header only; every length in it is checked against the file.</summary>
    ImageHeader ReadHeader(ReadOnlySpan<byte> data, bool skipMetadata);

    /// <summary>Size that <see cref="Decode"/> produces most cheaply and that still covers the target.</summary>
    Size DecodedSize(ImageHeader header, Size? target) => header.Size;

    /// <summary>Refuses, before memory is taken, a file that cannot hold the whole picture that its header announces.</summary>
    void CheckComplete(ReadOnlySpan<byte> data, ImageHeader header);

    /// <summary>
    /// Writes the whole picture, rows without padding, in the layout of the header. Throws
    /// <see cref="InvalidImageContentException"/> rather than leave a part of it unwritten.
    /// </summary>
    void Decode(ReadOnlySpan<byte> data, ImageHeader header, Size size, Span<byte> destination);
}
