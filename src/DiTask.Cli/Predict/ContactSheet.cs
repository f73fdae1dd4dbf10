using System.Globalization;
using DiTask.Model.Tasks;
using DiTask.Model.Vision;

namespace DiTask.Cli.Predict;

/// <summary>A photo and all its maps side by side, each with a caption and a key to its colours.</summary>
internal static class ContactSheet
{
    private const int TileHeight = 320;
    private const int MinTileWidth = 240;
    private const int MaxTileWidth = 720;
    private const int Margin = 20;
    private const int TextScale = 2;
    private const int TextHeight = BitmapFont.Height * TextScale;
    private const int Swatch = 7 * TextScale;
    private const int CaptionHeight = TextHeight + 10;
    private const int KeyHeight = TextHeight + 12;

    private const int Paper = 0x15181E;
    private const int Ink = 0xF2F4F8;
    private const int FaintInk = 0x9AA3B2;

    /// <summary>Draws a sheet; the caller disposes it.</summary>
    /// <param name="title">Line at the top, such as the file's name.</param>
    /// <param name="photo">The upright photo.</param>
    /// <param name="maps">The photo's maps at any size; they are read again at the tile's.</param>
    /// <param name="notice">Line at the bottom, or null.</param>
    public static RgbImage Draw(string title, RgbImage photo, IReadOnlyList<PhotoMap> maps, string? notice)
    {
        int tileWidth = Math.Clamp((int)Math.Round((double)TileHeight * photo.Width / photo.Height), MinTileWidth, MaxTileWidth);
        int columns = Columns(maps.Count + 1, tileWidth);
        int rows = (maps.Count + columns) / columns;
        int pitchY = CaptionHeight + TileHeight + KeyHeight + Margin;
        int top = Margin + CaptionHeight + 6;
        int bottom = notice is null ? 0 : TextHeight + Margin;
        RgbImage sheet = new((columns * (tileWidth + Margin)) + Margin, top + (rows * pitchY) + bottom);
        Canvas canvas = new(sheet);
        canvas.Fill(0, 0, sheet.Width, sheet.Height, Paper);
        canvas.Write(Shorten(title, sheet.Width - (2 * Margin)), Margin, Margin, TextScale, Ink);
        for (int i = 0; i <= maps.Count; i++)
        {
            int left = Margin + (i % columns * (tileWidth + Margin));
            int tileTop = top + (i / columns * pitchY);
            string caption = i == 0 ? "input" : maps[i - 1].Task.Name;
            canvas.Write(caption, left, tileTop, TextScale, i == 0 ? FaintInk : Ink);
            using RgbImage tile = i == 0
                ? RgbResampler.Resize(photo, tileWidth, TileHeight)
                : MapPainter.Paint(maps[i - 1].Read(tileWidth, TileHeight));
            canvas.Draw(tile, left, tileTop + CaptionHeight);
            int keyTop = tileTop + CaptionHeight + TileHeight + 8;
            if (i == 0)
            {
                canvas.Write(FormattableString.Invariant($"{photo.Width}x{photo.Height}"), left, keyTop, TextScale, FaintInk);
            }
            else
            {
                DrawKey(canvas, maps[i - 1], left, keyTop, tileWidth);
            }
        }

        if (notice is not null)
        {
            canvas.Write(Shorten(notice, sheet.Width - (2 * Margin)), Margin, sheet.Height - TextHeight - Margin, TextScale, FaintInk);
        }

        return sheet;
    }

    // As many columns as make the sheet about 3:2, which fits a screen.
    private static int Columns(int tiles, int tileWidth)
    {
        double ideal = Math.Sqrt(1.5 * tiles * (TileHeight + CaptionHeight + KeyHeight) / tileWidth);
        int columns = Math.Clamp((int)Math.Round(ideal), 1, tiles);
        int rows = (tiles + columns - 1) / columns;
        return (tiles + rows - 1) / rows;
    }

    private static void DrawKey(Canvas canvas, PhotoMap map, int left, int top, int width)
    {
        switch (map.Task.Kind)
        {
            case TaskKind.Labels:
                DrawClasses(canvas, map, left, top, width);
                break;
            case TaskKind.Scalar:
                DrawScale(canvas, map, left, top, width);
                break;
            default:
                DrawSwatches(canvas, [(0xE05050, "x"), (0x50C050, "y"), (0x5080F0, "z")], left, top, width);
                break;
        }
    }

    private static void DrawClasses(Canvas canvas, PhotoMap map, int left, int top, int width)
    {
        IReadOnlyList<double> fractions = map.Statistics.Fractions ?? [];
        IEnumerable<(int, string)> entries = map.Task.Classes
            .Where(entry => fractions[entry.Value] > 0)
            .OrderByDescending(entry => fractions[entry.Value])
            .Select(entry => (
                int.Parse(entry.Color.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture),
                string.Create(CultureInfo.InvariantCulture, $"{entry.Name} {100 * fractions[entry.Value]:0}%")));
        DrawSwatches(canvas, entries, left, top, width);
    }

    private static void DrawSwatches(Canvas canvas, IEnumerable<(int Color, string Text)> entries, int left, int top, int width)
    {
        int right = left + width;
        foreach ((int color, string text) in entries)
        {
            int textLeft = left + Swatch + 6;
            if (textLeft + BitmapFont.Measure(text, TextScale) > right)
            {
                return;
            }

            canvas.Fill(left, top, Swatch, Swatch, FaintInk);
            canvas.Fill(left + 1, top + 1, Swatch - 2, Swatch - 2, color);
            canvas.Write(text, textLeft, top, TextScale, FaintInk);
            left = textLeft + BitmapFont.Measure(text, TextScale) + 16;
        }
    }

    private static void DrawScale(Canvas canvas, PhotoMap map, int left, int top, int width)
    {
        bool isProbability = map.Task.Activation == TaskActivation.Sigmoid;
        string from = isProbability ? "0" : Number(map.Statistics.Min, map.Task.Unit);
        string to = isProbability ? "1" : Number(map.Statistics.Max, map.Task.Unit);
        canvas.Write(from, left, top, TextScale, FaintInk);
        int toLeft = left + width - BitmapFont.Measure(to, TextScale);
        canvas.Write(to, toLeft, top, TextScale, FaintInk);
        int barLeft = left + BitmapFont.Measure(from, TextScale) + 12;
        int barWidth = toLeft - 12 - barLeft;
        if (barWidth > 0)
        {
            using RgbImage bar = MapPainter.PaintScale(map.Task, barWidth, Swatch);
            canvas.Draw(bar, barLeft, top);
        }
    }

    private static string Number(double? value, string? unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{value ?? 0:0.##}{(unit is null ? "" : " ")}{unit}");

    private static string Shorten(string text, int width)
    {
        int letters = width / ((BitmapFont.Width + 1) * TextScale);
        return text.Length <= letters ? text : $"{text[..Math.Max(letters - 3, 0)]}...";
    }
}
