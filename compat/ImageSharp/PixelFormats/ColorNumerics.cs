using System.Runtime.CompilerServices;

namespace SixLabors.ImageSharp.PixelFormats;

/// <summary>Conversions between sample depths and from RGB to luminance, with the original's rounding.</summary>
internal static class ColorNumerics
{
    // ITU-R BT.709 weights.
    private const float Red = .2126F;
    private const float Green = .7152F;
    private const float Blue = .0722F;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte To8Bit(ushort sample) => (byte)(((sample * 255) + 32895) >> 16);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort To16Bit(byte sample) => (ushort)(sample * 257);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte Luminance8(byte red, byte green, byte blue) => (byte)((red * Red) + (green * Green) + (blue * Blue) + .5F);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort Luminance16(ushort red, ushort green, ushort blue) =>
        (ushort)((red * Red) + (green * Green) + (blue * Blue) + .5F);
}
