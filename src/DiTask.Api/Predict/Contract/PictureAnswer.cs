namespace DiTask.Api.Predict.Contract;

/// <summary>A picture for people.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="MediaType">image/png.</param>
/// <param name="Data">The picture, base64.</param>
internal sealed record PictureAnswer(int Width, int Height, string MediaType, ReadOnlyMemory<byte> Data);
