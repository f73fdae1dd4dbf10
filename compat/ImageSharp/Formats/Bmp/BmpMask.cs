using System.Numerics;

namespace SixLabors.ImageSharp.Formats.Bmp;

/// <summary>The bits of one channel in a pixel of 16 or 32 bits.</summary>
internal readonly struct BmpMask
{
    private readonly uint mask;
    private readonly int shift;
    private readonly ulong max;

    public BmpMask(uint mask)
    {
        this.mask = mask;
        shift = mask == 0 ? 0 : BitOperations.TrailingZeroCount(mask);
        max = mask >> shift;
        if ((max & (max + 1)) != 0)
        {
            throw new InvalidImageContentException($"BMP: colour mask {mask:X8} has gaps.");
        }
    }

    /// <summary>The channel scaled to 0..255; 0 for an empty mask.</summary>
    public byte Scale(uint pixel) => max == 0 ? (byte)0 : (byte)(((((pixel & mask) >> shift) * 255UL) + (max / 2)) / max);
}
