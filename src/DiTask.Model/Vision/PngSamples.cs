namespace DiTask.Model.Vision;

/// <summary>The samples of a PNG as they are stored: a palette's indices stay indices, 16 bits stay 16. Alpha is dropped.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Color">What the samples are.</param>
/// <param name="Bits">Bits per sample in the file: 1, 2, 4, 8 or 16.</param>
/// <param name="Values">[Height, Width, Channels].</param>
internal sealed record PngSamples(int Width, int Height, PngColor Color, int Bits, ushort[] Values)
{
    /// <summary>Samples per pixel.</summary>
    public int Channels => Color == PngColor.Rgb ? 3 : 1;
}
