namespace DiTask.Model.Tasks;

/// <summary>Colours of classes as 0xRRGGBB.</summary>
internal static class ClassColors
{
    // Steps of the additive sequence that spreads points most evenly in a cube: powers of 1/g, where g^4 = g + 1.
    private const double HueStep = 0.81917251339616443;
    private const double SaturationStep = 0.67104360670378920;
    private const double ValueStep = 0.54970047790197026;

    /// <summary>Colour of label <paramref name="label"/> in the PASCAL VOC palette: bit 3k + c of the label is bit 7 - k of channel c.</summary>
    public static int Voc(int label)
    {
        int red = 0, green = 0, blue = 0;
        for (int bit = 0; bit < 8; bit++)
        {
            red |= ((label >> (3 * bit)) & 1) << (7 - bit);
            green |= ((label >> ((3 * bit) + 1)) & 1) << (7 - bit);
            blue |= ((label >> ((3 * bit) + 2)) & 1) << (7 - bit);
        }

        return (red << 16) | (green << 8) | blue;
    }

    /// <summary>Colour of label <paramref name="label"/> for data sets that publish none: any number of labels stay apart.</summary>
    public static int Generated(int label)
    {
        double hue = label * HueStep % 1;
        double saturation = 0.4 + (0.6 * ((0.5 + (label * SaturationStep)) % 1));
        double value = 0.5 + (0.5 * ((0.5 + (label * ValueStep)) % 1));
        return (Channel(hue, 5, saturation, value) << 16) | (Channel(hue, 3, saturation, value) << 8) | Channel(hue, 1, saturation, value);
    }

    // One channel of HSV to RGB; the offset 5, 3, 1 (sixths of a turn) picks red, green, blue.
    private static int Channel(double hue, int offset, double saturation, double value)
    {
        double k = (offset + (hue * 6)) % 6;
        return (int)Math.Round(255 * (value - (value * saturation * Math.Clamp(Math.Min(k, 4 - k), 0, 1))));
    }
}
