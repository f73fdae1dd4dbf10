using System.Buffers.Binary;
using System.Text.Json;

namespace DiTask.Model.Checkpoints;

/// <summary>safetensors: 8 bytes with the header's length, a JSON header, then the tensors without gaps.</summary>
internal static class SafetensorsReader
{
    private const int MaxHeaderBytes = 100_000_000;
    private const string MetadataKey = "__metadata__";

    public static CheckpointContent Read(ByteSource source)
    {
        ulong headerBytes = source.Length < sizeof(ulong) ? ulong.MaxValue : BinaryPrimitives.ReadUInt64LittleEndian(source.Read(0, sizeof(ulong)));
        if (headerBytes > MaxHeaderBytes || headerBytes > (ulong)(source.Length - sizeof(ulong)))
        {
            throw source.Fail("the header is longer than the file or the limit", 0, expected: $"at most {Math.Min(MaxHeaderBytes, Math.Max(0, source.Length - sizeof(ulong)))} bytes", found: $"{headerBytes}");
        }

        List<Entry> entries = [];
        Dictionary<string, string> metadata = [];
        var json = new Utf8JsonReader(source.Read(sizeof(ulong), (int)headerBytes), new JsonReaderOptions { MaxDepth = 8 });
        try
        {
            ReadHeader(source, ref json, entries, metadata);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            throw source.Fail("the header is no valid JSON: " + error.Message, sizeof(ulong) + json.TokenStartIndex, expected: "an object of tensors", found: "other text");
        }

        return new CheckpointContent
        {
            Format = CheckpointFormat.Safetensors,
            Tensors = Place(source, entries, sizeof(ulong) + (long)headerBytes),
            Metadata = metadata,
            Epoch = metadata.TryGetValue("epoch", out string? text) && int.TryParse(text, out int epoch) ? epoch : null,
        };
    }

    private static void ReadHeader(ByteSource source, ref Utf8JsonReader json, List<Entry> entries, Dictionary<string, string> metadata)
    {
        Expect(source, ref json, JsonTokenType.StartObject, "the header");
        while (Next(source, ref json) != JsonTokenType.EndObject)
        {
            string name = json.GetString()!;
            Expect(source, ref json, JsonTokenType.StartObject, name);
            if (name == MetadataKey)
            {
                ReadMetadata(source, ref json, metadata);
            }
            else
            {
                entries.Add(ReadEntry(source, ref json, name));
            }
        }

        // Spaces may fill the header up; anything else is no part of the format.
        if (json.Read())
        {
            throw Malformed(source, ref json, "the header", "its end");
        }
    }

    private static void ReadMetadata(ByteSource source, ref Utf8JsonReader json, Dictionary<string, string> metadata)
    {
        while (Next(source, ref json) != JsonTokenType.EndObject)
        {
            string key = json.GetString()!;
            Expect(source, ref json, JsonTokenType.String, MetadataKey);
            if (!metadata.TryAdd(key, json.GetString()!))
            {
                throw source.Fail($"'{key}' is twice in the metadata", sizeof(ulong) + json.TokenStartIndex, MetadataKey, "one value", "two");
            }
        }
    }

    private static Entry ReadEntry(ByteSource source, ref Utf8JsonReader json, string name)
    {
        string? type = null;
        List<long>? shape = null;
        List<long>? offsets = null;
        long at = sizeof(ulong) + json.TokenStartIndex;
        while (Next(source, ref json) != JsonTokenType.EndObject)
        {
            string property = json.GetString()!;
            bool twice = property switch
            {
                "dtype" => type is not null,
                "shape" => shape is not null,
                "data_offsets" => offsets is not null,
                _ => throw Malformed(source, ref json, name, "dtype, shape or data_offsets"),
            };
            if (twice)
            {
                throw source.Fail($"'{property}' is there twice", sizeof(ulong) + json.TokenStartIndex, name, "one value", "two");
            }

            if (property == "dtype")
            {
                Expect(source, ref json, JsonTokenType.String, name);
                type = json.GetString();
            }
            else if (property == "shape")
            {
                shape = Longs(source, ref json, name);
            }
            else
            {
                offsets = Longs(source, ref json, name);
            }
        }

        if (type is null || shape is null || offsets is not { Count: 2 })
        {
            throw source.Fail("the header entry is incomplete", at, name, "dtype, shape and two data_offsets", $"dtype {type ?? "none"}, shape {shape?.Count ?? -1}, offsets {offsets?.Count ?? -1}");
        }

        ElementType element = ElementType.BySafetensors(type)
            ?? throw source.Fail("has an unknown element type", at, name, string.Join(' ', ElementType.AllSafetensorsNames), type);
        return new Entry(name, element, shape, offsets[0], offsets[1], at);
    }

    private static OrderedDictionary<string, StoredTensor> Place(ByteSource source, List<Entry> entries, long dataOffset)
    {
        long dataBytes = source.Length - dataOffset;
        long end = 0;
        foreach (Entry entry in entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            // Sorted and without gaps or overlaps, every byte of the file belongs to exactly one tensor.
            if (entry.Begin != end || entry.End < entry.Begin || entry.End > dataBytes)
            {
                throw source.Fail("the data offsets leave a gap, overlap or pass the end", entry.At, entry.Name, $"{end} to at most {dataBytes}", $"{entry.Begin} to {entry.End}");
            }

            end = entry.End;
        }

        if (end != dataBytes)
        {
            throw source.Fail("the tensors do not fill the file", dataOffset + end, expected: $"{dataBytes} bytes of tensors", found: $"{end}");
        }

        var tensors = new OrderedDictionary<string, StoredTensor>();
        foreach (Entry entry in entries)
        {
            var region = new StorageRegion(source, entry.Name, dataOffset + entry.Begin, entry.End - entry.Begin);
            StoredTensor tensor = StoredTensor.Create(StateDict.WithoutPrefix(entry.Name), region, entry.Element, entry.Shape, 0, Strides(entry.Shape));
            if (tensor.Bytes != region.Length)
            {
                throw source.Fail("its shape and its data offsets do not fit", entry.At, entry.Name, $"{tensor.Bytes} bytes", $"{region.Length}");
            }

            StateDict.Add(source, tensors, tensor, totalBytes: 0);
        }

        return tensors.Count > 0 ? tensors : throw source.Fail("holds no tensors", 0, expected: "at least one", found: "none");
    }

    private static long[] Strides(List<long> shape)
    {
        long[] strides = new long[shape.Count];
        long stride = 1;
        for (int axis = strides.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;

            // Sizes are checked against the file when the tensor is made; until then a hostile product may wrap, but not to a negative stride.
            stride = unchecked(stride * shape[axis]) & long.MaxValue;
        }

        return strides;
    }

    private static List<long> Longs(ByteSource source, ref Utf8JsonReader json, string name)
    {
        List<long> values = [];
        Expect(source, ref json, JsonTokenType.StartArray, name);
        while (Next(source, ref json) != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.Number || !json.TryGetInt64(out long value) || value < 0)
            {
                throw Malformed(source, ref json, name, "a whole number of 0 or more");
            }

            values.Add(value);
        }

        return values;
    }

    private static JsonTokenType Next(ByteSource source, ref Utf8JsonReader json) =>
        json.Read() ? json.TokenType : throw Malformed(source, ref json, "the header", "more");

    private static void Expect(ByteSource source, ref Utf8JsonReader json, JsonTokenType type, string name)
    {
        if (!json.Read() || json.TokenType != type)
        {
            throw Malformed(source, ref json, name, type.ToString());
        }
    }

    private static CheckpointException Malformed(ByteSource source, ref Utf8JsonReader json, string name, string expected) =>
        source.Fail("the header is malformed", sizeof(ulong) + json.TokenStartIndex, name, expected, json.TokenType.ToString());

    private sealed record Entry(string Name, ElementType Element, List<long> Shape, long Begin, long End, long At);
}
