namespace DiTask.Client;

/// <summary>A picture for people.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="MediaType">image/png.</param>
/// <param name="Data">The file.</param>
public sealed record Picture(int Width, int Height, string MediaType, ReadOnlyMemory<byte> Data);
