namespace DiTask.Api.Predict;

/// <summary>A file of an archive, or a part of a multipart body.</summary>
/// <param name="Name">Path in the archive, or Content-ID.</param>
/// <param name="MediaType">Media type of the bytes.</param>
/// <param name="Bytes">What it holds.</param>
internal sealed record AnswerPart(string Name, string MediaType, ReadOnlyMemory<byte> Bytes);
