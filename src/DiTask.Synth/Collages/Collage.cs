using DiTask.Model.Vision;

namespace DiTask.Synth.Collages;

/// <summary>Four things, each alone on a flat background; it owns the picture.</summary>
/// <param name="Image">The picture.</param>
/// <param name="Attributes">[4, attributes], tiles row by row; columns as in <see cref="CollageTrait.All"/>.</param>
/// <param name="Shapes">[size, size], 1 + the shape at each pixel, 0 for the background.</param>
public sealed record Collage(RgbImage Image, byte[,] Attributes, byte[] Shapes) : IDisposable
{
    /// <summary>Tiles of a collage.</summary>
    public const int Tiles = 4;

    /// <inheritdoc/>
    public void Dispose() => Image.Dispose();
}
