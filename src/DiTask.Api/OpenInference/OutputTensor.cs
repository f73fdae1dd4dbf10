namespace DiTask.Api.OpenInference;

/// <summary>An output with its values.</summary>
/// <param name="Info">Its name and datatype.</param>
/// <param name="Shape">With the request's images in front.</param>
/// <param name="Parts">Values of each image: row-major, little-endian.</param>
/// <param name="IsBinary">Written behind the JSON in place of inside it.</param>
internal sealed record OutputTensor(TensorInfo Info, IReadOnlyList<long> Shape, IReadOnlyList<ReadOnlyMemory<byte>> Parts, bool IsBinary)
{
    public long ByteCount => Parts.Sum(part => (long)part.Length);
}
