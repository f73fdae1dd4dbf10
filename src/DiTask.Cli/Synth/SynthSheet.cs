using DiTask.Model.Files;
using DiTask.Model.Vision;

namespace DiTask.Cli.Synth;

/// <summary>A grid of square pictures with captions.</summary>
internal sealed class SynthSheet : IDisposable
{
    public const string FileName = "contact-sheet.png";

    private const int Margin = 6;
    private const int TextScale = 2;
    private const int CaptionHeight = (BitmapFont.Height * TextScale) + 6;
    private const int Paper = 0x15181E;
    private const int Ink = 0xF2F4F8;

    private readonly int tile;
    private readonly RgbImage sheet;
    private readonly Canvas canvas;

    public SynthSheet(int columns, int rows, int tile)
    {
        this.tile = tile;
        sheet = new((columns * (tile + Margin)) + Margin, (rows * (tile + Margin)) + Margin + CaptionHeight);
        canvas = new(sheet);
        canvas.Fill(0, 0, sheet.Width, sheet.Height, Paper);
    }

    public void Title(int column, string text)
    {
        int letters = tile / ((BitmapFont.Width + 1) * TextScale);
        canvas.Write(text.Length > letters ? text[..letters] : text, Margin + (column * (tile + Margin)), Margin, TextScale, Ink);
    }

    public void Draw(int column, int row, RgbImage picture) =>
        canvas.Draw(picture, Margin + (column * (tile + Margin)), CaptionHeight + Margin + (row * (tile + Margin)));

    public void Save(string path) => AtomicFile.Write(path, output => PictureWriter.WritePng(output, sheet));

    public void Dispose() => sheet.Dispose();
}
