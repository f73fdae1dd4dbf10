namespace DiTask.Client;

/// <summary>A photo as the service read it.</summary>
/// <param name="Width">Columns of the upright photo.</param>
/// <param name="Height">Rows of the upright photo.</param>
/// <param name="MediaType">From its bytes, not from its name.</param>
/// <param name="Orientation">EXIF orientation 1 to 8 that was applied.</param>
public sealed record SourceInfo(int Width, int Height, string MediaType, int Orientation);
