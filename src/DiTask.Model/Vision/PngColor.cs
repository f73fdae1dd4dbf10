namespace DiTask.Model.Vision;

/// <summary>What a PNG's samples are; the values are those of the IHDR chunk.</summary>
internal enum PngColor
{
    Gray = 0,
    Rgb = 2,
    Indexed = 3,
}
