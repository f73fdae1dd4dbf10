namespace DiTask.Model.Vision;

/// <summary>A scale of colours for one number in [0, 1], as 256 steps.</summary>
internal sealed class ColorMap
{
    private const int Steps = 256;

    private readonly byte[] table = new byte[Steps * 3];

    // Anchors at even distances; straight lines in sRGB between so many anchors stay within a few grey levels of the published curves.
    private ColorMap(params ReadOnlySpan<int> anchors)
    {
        for (int i = 0; i < Steps; i++)
        {
            double position = (double)i / (Steps - 1) * (anchors.Length - 1);
            int left = Math.Min((int)position, anchors.Length - 2);
            for (int channel = 0; channel < 3; channel++)
            {
                int shift = 16 - (8 * channel);
                int from = (anchors[left] >> shift) & 255, to = (anchors[left + 1] >> shift) & 255;
                table[(i * 3) + channel] = (byte)Math.Round(from + ((to - from) * (position - left)));
            }
        }
    }

    /// <summary>Viridis: even steps of lightness, readable without colour vision. For metres.</summary>
    public static ColorMap Viridis { get; } =
        new(0x440154, 0x472D7B, 0x3B528B, 0x2C728E, 0x21918C, 0x28AE80, 0x5EC962, 0xADDC30, 0xFDE725);

    /// <summary>Inferno: black, red, yellow. For probabilities.</summary>
    public static ColorMap Inferno { get; } =
        new(0x000004, 0x1B0C42, 0x4B0C6B, 0x781C6D, 0xA52C60, 0xCF4446, 0xED6925, 0xFB9A06, 0xF7D03C, 0xFCFFA4);

    /// <summary>Black to white. For edges, whose thin lines colour would only blur.</summary>
    public static ColorMap Gray { get; } = new(0x000000, 0xFFFFFF);

    /// <summary>Black, red, yellow, white. For differences: none at all is black.</summary>
    public static ColorMap Heat { get; } = new(0x000000, 0x6B0F1A, 0xC8361E, 0xF58A1F, 0xFFE08A, 0xFFFFFF);

    /// <summary>Black to orange. For what is too much.</summary>
    public static ColorMap Warm { get; } = new(0x000000, 0x8A2B12, 0xFFB04A);

    /// <summary>Black to blue. For what is too little.</summary>
    public static ColorMap Cold { get; } = new(0x000000, 0x14508A, 0x5AC8FF);

    /// <summary>R, G, B of a number; what lies outside [0, 1] gets the colour of the nearer end, NaN that of 0.</summary>
    public ReadOnlySpan<byte> this[float value] =>
        table.AsSpan((value > 0 ? (int)((Math.Min(value, 1) * (Steps - 1)) + 0.5f) : 0) * 3, 3);
}
