using System.Buffers.Binary;

namespace DiTask.Client;

/// <summary>The samples of a map, interleaved and little-endian, without any container around them.</summary>
internal readonly record struct Samples(ReadOnlyMemory<byte> Bytes, string DType)
{
    public static int BytesOf(string dtype) => dtype switch
    {
        "uint8" => 1,
        "uint16" or "float16" => 2,
        "float32" => 4,
        _ => throw new InvalidDataException($"Expected samples of type uint8, uint16, float16 or float32; found '{dtype}'."),
    };

    public float[] ToValues(double scale, double offset)
    {
        ReadOnlySpan<byte> bytes = Bytes.Span;
        int step = BytesOf(DType);
        float[] values = new float[bytes.Length / step];
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<byte> sample = bytes.Slice(i * step, step);
            double raw = DType switch
            {
                "uint8" => sample[0],
                "uint16" => BinaryPrimitives.ReadUInt16LittleEndian(sample),
                "float16" => (double)BinaryPrimitives.ReadHalfLittleEndian(sample),
                _ => BinaryPrimitives.ReadSingleLittleEndian(sample),
            };
            values[i] = (float)(offset + (scale * raw));
        }

        return values;
    }
}
