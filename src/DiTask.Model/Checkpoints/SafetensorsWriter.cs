using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using DiTask.Model.Files;

namespace DiTask.Model.Checkpoints;

/// <summary>Writes float32 tensors as safetensors, in the order given.</summary>
internal static class SafetensorsWriter
{
    private const int Alignment = 8;

    public static void Write(string path, IReadOnlyList<HostTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        byte[] header = Header(tensors, metadata);
        byte[] headerBytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(headerBytes, (ulong)header.Length);
        AtomicFile.Write(path, stream =>
        {
            stream.Write(headerBytes);
            stream.Write(header);
            foreach (HostTensor tensor in tensors)
            {
                stream.Write(MemoryMarshal.AsBytes<float>(tensor.Values));
            }
        });
    }

    private static byte[] Header(IReadOnlyList<HostTensor> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (metadata is not null)
            {
                json.WriteStartObject("__metadata__");
                foreach ((string key, string value) in metadata)
                {
                    json.WriteString(key, value);
                }

                json.WriteEndObject();
            }

            long offset = 0;
            foreach (HostTensor tensor in tensors)
            {
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", "F32");
                WriteNumbers(json, "shape", [.. tensor.Shape.Select(size => (long)size)]);
                long end = offset + (long)tensor.Values.Length * sizeof(float);
                WriteNumbers(json, "data_offsets", [offset, end]);
                json.WriteEndObject();
                offset = end;
            }

            json.WriteEndObject();
        }

        // Spaces, so that the tensors begin at a multiple of 8 and can be mapped.
        while (buffer.Length % Alignment != 0)
        {
            buffer.WriteByte((byte)' ');
        }

        return buffer.ToArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, long[] numbers)
    {
        json.WriteStartArray(name);
        foreach (long number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }
}
