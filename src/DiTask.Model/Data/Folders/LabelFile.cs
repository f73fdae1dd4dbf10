using DiTask.Model.Vision;

namespace DiTask.Model.Data.Folders;

/// <summary>Label files of every kind as <see cref="LabelMap"/>.</summary>
internal static class LabelFile
{
    /// <summary>Shorter than this, a decoded vector stands for "unknown": grey, the middle of the range, is no direction.</summary>
    private const float LeastNormal = 0.5f;

    /// <summary>Metres of one step of a depth PNG, unless something else is said.</summary>
    public const double Millimetre = 0.001;


    /// <summary>Class indices: PNG of grey levels or palette indices, or npy of whole numbers; 255 is unknown.</summary>
    public static LabelMap Classes(string path)
    {
        if (!IsNpy(path))
        {
            return OneChannel(Samples(path, "class indices: grey or palette, at most 8 bits", png => png.Channels == 1 && png.Bits <= 8));
        }

        LabelMap map = Plane(path);
        int wrong = Array.FindIndex(map.Values, value => !(value >= 0 && value <= LabelMap.Void && value == MathF.Floor(value)));
        return wrong < 0 ? map : throw Wrong(path, map, wrong, "class indices 0 to 254, or 255 for unknown");
    }

    /// <summary>
    /// 0 or 1. A PNG of 0 and 1 only is taken as it is, any other is above half or not; npy the same, where 255 is unknown.
    /// </summary>
    public static LabelMap Binary(string path)
    {
        if (IsNpy(path))
        {
            LabelMap given = Plane(path);
            int wrong = Array.FindIndex(given.Values, value => !(value is (>= 0 and <= 1) or LabelMap.Void));
            if (wrong >= 0)
            {
                throw Wrong(path, given, wrong, "0 to 1, or 255 for unknown");
            }

            return given.Select(value => value == LabelMap.Void ? value : value > 0.5f ? 1 : 0);
        }

        PngSamples png = Samples(path, "grey levels of at most 8 bits", png => png.Color == PngColor.Gray && png.Bits <= 8);
        LabelMap map = OneChannel(png);
        return map.Values.AsSpan().ContainsAnyExceptInRange(0f, 1f) ? AboveHalf(map, (1 << png.Bits) - 1) : map;
    }

    /// <summary>Grey above half of white is 1.</summary>
    public static LabelMap AboveHalf(string path)
    {
        PngSamples png = Samples(path, "grey levels of at most 8 bits", png => png.Channels == 1 && png.Bits <= 8);
        return AboveHalf(OneChannel(png), png.Color == PngColor.Gray ? (1 << png.Bits) - 1 : byte.MaxValue);
    }

    /// <summary>Metres; 0 and what is not finite are unknown.</summary>
    /// <param name="path">npy, or PNG of 16 bits.</param>
    /// <param name="unit">Unit of an npy file.</param>
    /// <param name="pngScale">Metres of one step of a PNG.</param>
    public static LabelMap Depth(string path, LengthUnit unit, double pngScale = Millimetre)
    {
        bool npy = IsNpy(path);
        LabelMap stored = npy ? Plane(path) : OneChannel(Samples(path, "grey levels of 16 bits", png => png is { Channels: 1, Bits: 16 }));
        double metres = npy ? (unit == LengthUnit.Metres ? 1 : Millimetre) : pngScale;
        return stored.Select(value => value == 0 || !float.IsFinite(value) ? LabelMap.Void : (float)(value * metres));
    }

    /// <summary>Vectors; the zero vector and what is not finite are unknown. A PNG's channels are n = 2 p / white - 1, black and middle grey unknown.</summary>
    public static LabelMap Normals(string path)
    {
        if (IsNpy(path))
        {
            NpyArray array = DatasetFile.Npy(path);
            return array.Shape is [> 0, > 0, 3]
                ? Vectors(array.Shape[0], array.Shape[1], array.Values, blackIsUnknown: false)
                : throw new DatasetException($"'{path}': expected shape (height, width, 3); found ({string.Join(", ", array.Shape)}).");
        }

        PngSamples png = Samples(path, "red, green and blue", png => png.Color == PngColor.Rgb);
        float half = ((1 << png.Bits) - 1) / 2f;
        float[] values = new float[png.Values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (png.Values[i] / half) - 1;
        }

        return Vectors(png.Height, png.Width, values, blackIsUnknown: true);
    }

    /// <summary>An npy file of one number per pixel: [H, W] or [H, W, 1].</summary>
    public static LabelMap Plane(string path)
    {
        NpyArray array = DatasetFile.Npy(path);
        return array.Shape is [> 0, > 0] or [> 0, > 0, 1]
            ? new LabelMap(1, array.Shape[0], array.Shape[1], array.Values)
            : throw new DatasetException($"'{path}': expected shape (height, width); found ({string.Join(", ", array.Shape)}).");
    }

    private static bool IsNpy(string path) => Path.GetExtension(path).Equals(".npy", StringComparison.OrdinalIgnoreCase);

    private static LabelMap AboveHalf(LabelMap map, int white) => map.Select(value => value * 2 > white ? 1 : 0);

    private static PngSamples Samples(string path, string expected, Func<PngSamples, bool> fits)
    {
        PngSamples png = DatasetFile.Png(path);
        return fits(png) ? png : throw new DatasetException($"'{path}': expected {expected}; found {png.Color} of {png.Bits} bits.");
    }

    private static LabelMap OneChannel(PngSamples png)
    {
        float[] values = new float[png.Values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = png.Values[i];
        }

        return new LabelMap(1, png.Height, png.Width, values);
    }

    // [H, W, 3] to [3, H, W].
    private static LabelMap Vectors(int height, int width, float[] pixels, bool blackIsUnknown)
    {
        int plane = height * width;
        float[] values = new float[3 * plane];
        for (int i = 0; i < plane; i++)
        {
            float x = pixels[3 * i], y = pixels[(3 * i) + 1], z = pixels[(3 * i) + 2];
            float square = (x * x) + (y * y) + (z * z);
            bool unknown = !float.IsFinite(square) || (blackIsUnknown ? square < LeastNormal * LeastNormal || (x, y, z) == (-1, -1, -1) : square == 0);
            (values[i], values[plane + i], values[(2 * plane) + i]) = unknown ? (LabelMap.Void, LabelMap.Void, LabelMap.Void) : (x, y, z);
        }

        return new LabelMap(3, height, width, values);
    }

    private static DatasetException Wrong(string path, LabelMap map, int index, string expected) =>
        new($"'{path}': expected {expected}; found {map.Values[index]} at ({index % map.Width}, {index / map.Width}).");
}
