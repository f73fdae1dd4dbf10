namespace DiTask.Api.Predict.Contract;

/// <summary>A picture as it was sent.</summary>
/// <param name="Width">Columns, after the EXIF orientation is applied.</param>
/// <param name="Height">Rows, after the EXIF orientation is applied.</param>
/// <param name="MediaType">From its bytes, not from its name.</param>
/// <param name="Orientation">EXIF orientation 1 to 8 that was applied.</param>
internal sealed record SourceDescription(int Width, int Height, string MediaType, int Orientation);
