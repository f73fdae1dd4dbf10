using System.Runtime.InteropServices;

namespace SixLabors.ImageSharp.PixelFormats;

internal static class PixelConversion
{
    public static PixelLayout LayoutOf<TPixel>()
        where TPixel : unmanaged, IPixel<TPixel> =>
        typeof(TPixel) == typeof(L8) ? PixelLayout.L8
        : typeof(TPixel) == typeof(L16) ? PixelLayout.L16
        : typeof(TPixel) == typeof(Rgb24) ? PixelLayout.Rgb24
        : typeof(TPixel) == typeof(Rgb48) ? PixelLayout.Rgb48
        : throw new NotSupportedException($"Pixel type {typeof(TPixel).Name}: this subset has L8, L16, Rgb24 and Rgb48.");

    public static int BytesPerPixel(PixelLayout layout) => layout switch
    {
        PixelLayout.L8 => 1,
        PixelLayout.L16 => 2,
        PixelLayout.Rgb24 => 3,
        _ => 6,
    };

    public static void Convert<TPixel>(ReadOnlySpan<byte> source, PixelLayout layout, Span<TPixel> destination)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        switch (layout)
        {
            case PixelLayout.L8:
                FromL8(MemoryMarshal.Cast<byte, L8>(source), destination);
                break;
            case PixelLayout.L16:
                FromL16(MemoryMarshal.Cast<byte, L16>(source), destination);
                break;
            case PixelLayout.Rgb24:
                FromRgb24(MemoryMarshal.Cast<byte, Rgb24>(source), destination);
                break;
            default:
                FromRgb48(MemoryMarshal.Cast<byte, Rgb48>(source), destination);
                break;
        }
    }

    private static void FromL8<TPixel>(ReadOnlySpan<L8> source, Span<TPixel> destination)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        for (int i = 0; i < source.Length; i++)
        {
            destination[i].FromL8(source[i]);
        }
    }

    private static void FromL16<TPixel>(ReadOnlySpan<L16> source, Span<TPixel> destination)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        for (int i = 0; i < source.Length; i++)
        {
            destination[i].FromL16(source[i]);
        }
    }

    private static void FromRgb24<TPixel>(ReadOnlySpan<Rgb24> source, Span<TPixel> destination)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        for (int i = 0; i < source.Length; i++)
        {
            destination[i].FromRgb24(source[i]);
        }
    }

    private static void FromRgb48<TPixel>(ReadOnlySpan<Rgb48> source, Span<TPixel> destination)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        for (int i = 0; i < source.Length; i++)
        {
            destination[i].FromRgb48(source[i]);
        }
    }
}
