namespace DiTask.Api.Predict.Contract;

/// <summary>A picture for people.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="MediaType">image/png.</param>
/// <param name="Data">The picture, base64; in JSON answers.</param>
internal sealed record PictureAnswer(int Width, int Height, string MediaType, ReadOnlyMemory<byte>? Data)
{
    /// <summary>Path of the picture in the archive; in answers of application/zip.</summary>
    public string? Href { get; init; }

    /// <summary>Content-ID of the picture's part, without angle brackets; in answers of multipart/mixed.</summary>
    public string? Cid { get; init; }
}
