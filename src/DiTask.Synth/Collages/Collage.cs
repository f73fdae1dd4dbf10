using DiTask.Model.Vision;

namespace DiTask.Synth.Collages;

/// <summary>Things, each alone on a flat background in a tile of its own; it owns the picture.</summary>
/// <param name="Image">The picture.</param>
/// <param name="Side">Tiles in a row, and rows of them.</param>
/// <param name="Attributes">[Side * Side, attributes], tiles row by row; columns as in <see cref="CollageTrait.All"/>.</param>
/// <param name="Shapes">[size, size], the shape at each pixel; 0 is the background.</param>
public sealed record Collage(RgbImage Image, int Side, byte[,] Attributes, byte[] Shapes) : IDisposable
{
    /// <summary>The tile that a pixel is in, row by row.</summary>
    public int TileOf(int x, int y) => (Side * (y / (Image.Width / Side))) + (x / (Image.Width / Side));

    /// <inheritdoc/>
    public void Dispose() => Image.Dispose();
}
