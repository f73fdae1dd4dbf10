namespace DiTask.Model.Vision;

/// <summary>A map as bytes.</summary>
/// <param name="Encoding">What the bytes mean.</param>
/// <param name="Bytes">Empty for <see cref="MapFormat.None"/>.</param>
public sealed record EncodedMap(MapEncoding Encoding, ReadOnlyMemory<byte> Bytes);
