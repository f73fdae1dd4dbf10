namespace DiTask.Model.Vision;

/// <summary>Letters of 5 by 7 dots, and two below the line, for the captions of pictures for people.</summary>
internal static class BitmapFont
{
    /// <summary>Columns of a letter.</summary>
    public const int Width = 5;

    /// <summary>Rows of a letter with its descender.</summary>
    public const int Height = 9;

    // A letter, then its seven rows, nine with a descender, as two hexadecimal digits each; bit 4 is the leftmost dot.
    private const string Letters = """
        A0E11111F111111 B1E11111E11111E C0E11101010110E D1E11111111111E E1F10101E10101F F1F10101E101010 G0E11101711110F H1111111F111111
        I0E04040404040E J0702020202120C K11121418141211 L1010101010101F M111B1515111111 N11111915131111 O0E11111111110E P1E11111E101010
        Q0E11111115120D R1E11111E141211 S0F10100E01011E T1F040404040404 U1111111111110E V11111111110A04 W1111111515150A X11110A040A1111
        Y11110A04040404 Z1F01020408101F a00000E010F110F b1010161911111E c00000E1010110E d01010D1311110F e00000E111F100E f0609081C080808
        g00000F1111110F010E h10101619111111 i04000C0404040E j02000602020202120C k10101214181412 l0C04040404040E m00001A15151111 n00001619111111
        o00000E1111110E p0000161911111E1010 q00000D1311110F0101 r00001619101010 s00000E100E011E t08081C08080906 u0000111111130D v00001111110A04
        w0000111115150A x0000110A040A11 y0000111111110F010E z00001F0204081F 00E11131519110E 1040C040404040E 20E11010204081F 31F02040201110E
        402060A121F0202 51F101E0101110E 60608101E11110E 71F010204080808 80E11110E11110E 90E11110F01020C .00000000000C0C ,000000000C0408
        -0000001F000000 _0000000000001F /00010204081000 :000C0C000C0C00 (02040808080402 )08040202020408 %18190204081303 +0004041F040400
        =00001F001F0000 ;000C0C000C0408 !04040404040004 '04040800000000 &0C12140815120D #0A0A1F0A1F0A0A ?0E110102040004
        """;

    private static readonly Dictionary<char, byte[]> Glyphs = Letters.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .ToDictionary(entry => entry[0], entry => Convert.FromHexString(entry.AsSpan(1)));

    /// <summary>Whether the dot at a column and row of <paramref name="letter"/> is set; letters that the font lacks look like a question mark.</summary>
    public static bool IsSet(char letter, int column, int row)
    {
        if (letter == ' ')
        {
            return false;
        }

        byte[] rows = Glyphs.TryGetValue(letter, out byte[]? found) ? found : Glyphs['?'];
        return row < rows.Length && (rows[row] >> (Width - 1 - column) & 1) != 0;
    }

    /// <summary>Columns of a text at a magnification, with one dot between letters.</summary>
    public static int Measure(string text, int scale) => Math.Max((text.Length * (Width + 1)) - 1, 0) * scale;
}
