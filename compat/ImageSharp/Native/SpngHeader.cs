namespace SixLabors.ImageSharp.Native;

/// <summary>struct spng_ihdr.</summary>
internal struct SpngHeader
{
    public uint Width;
    public uint Height;
    public byte BitDepth;
    public byte ColorType;
    public byte CompressionMethod;
    public byte FilterMethod;
    public byte InterlaceMethod;
}
