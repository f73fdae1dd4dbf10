using System.Buffers.Binary;
using System.Text.Json;
using DiTask.Api.Predict;
using DiTask.Api.Problems;

namespace DiTask.Api.OpenInference;

/// <summary>The one input of a request: its shape checked, its elements found.</summary>
internal sealed class InputParser(ProtocolModel model, ProtocolLimits limits)
{
    private const int FloatBytes = 4;
    private const int LengthBytes = 4;

    private readonly TensorInfo expected = model.Input;

    /// <summary>A body that is the element itself: one picture, or the floats of one image.</summary>
    public InferRequest ParseRaw(ReadOnlyMemory<byte> body)
    {
        if (!model.IsTensor)
        {
            return Request([body], default, 1);
        }

        return Request([], Floats(body, 1), 1);
    }

    /// <summary>The member <c>inputs</c> of <paramref name="root"/>, with its binary data in <paramref name="binary"/>.</summary>
    public InferRequest Parse(JsonElement root, ReadOnlyMemory<byte> binary)
    {
        JsonElement input = Single(root);
        string datatype = InferRequestParser.Text(input, "datatype", $"Input '{expected.Name}'");
        if (datatype != expected.Datatype)
        {
            throw Refuse($"datatype is {expected.Datatype}; found '{NearestName.Short(datatype)}'");
        }

        int count = Count(Shape(input));
        JsonElement? parameters = InferRequestParser.Parameters(input, $"Input '{expected.Name}'");
        bool hasData = input.TryGetProperty("data", out JsonElement data);
        if (parameters is { } given && given.TryGetProperty("binary_data_size", out JsonElement size))
        {
            if (hasData)
            {
                throw Refuse("has 'data' or 'binary_data_size', not both");
            }

            RequireSize(size, binary.Length);
            return model.IsTensor ? Request([], Floats(binary, count), count) : Request(Elements(binary, count), default, count);
        }

        if (!hasData)
        {
            throw Refuse("has neither 'data' nor 'binary_data_size'");
        }

        if (binary.Length > 0)
        {
            throw Refuse($"has 'data', and {binary.Length} bytes behind the JSON belong to no tensor", ErrorCode.BadBinaryHeader);
        }

        return model.IsTensor ? Request([], JsonTensors.Floats(data, count * expected.ElementsPerImage, expected.Name), count)
            : Request(JsonTensors.Base64(data, parameters, count, expected.Name), default, count);
    }

    private static InferRequest Request(IReadOnlyList<ReadOnlyMemory<byte>> images, ReadOnlyMemory<byte> values, int count) =>
        new() { Images = images, Values = values, Count = count, Outputs = [] };

    private JsonElement Single(JsonElement root)
    {
        if (!root.TryGetProperty("inputs", out JsonElement inputs) || inputs.ValueKind != JsonValueKind.Array || inputs.GetArrayLength() == 0)
        {
            throw InferRequestParser.Refuse(ErrorCode.BadTensor, $"'inputs' is an array with the input '{expected.Name}'.");
        }

        HashSet<string> seen = [];
        foreach (JsonElement input in inputs.EnumerateArray())
        {
            string name = InferRequestParser.Text(input, "name", "An input");
            if (name != expected.Name)
            {
                throw InferRequestParser.Refuse(ErrorCode.BadTensor, $"The input of '{model.Name}' is '{expected.Name}'; found '{NearestName.Short(name)}'.");
            }

            if (!seen.Add(name))
            {
                throw Refuse("is given twice");
            }
        }

        return inputs[0];
    }

    private List<long> Shape(JsonElement input)
    {
        if (!input.TryGetProperty("shape", out JsonElement shape) || shape.ValueKind != JsonValueKind.Array)
        {
            throw Refuse("has a 'shape', an array");
        }

        List<long> sides = [];
        foreach (JsonElement side in shape.EnumerateArray())
        {
            sides.Add(side.ValueKind == JsonValueKind.Number && side.TryGetInt64(out long value) && value >= 0
                ? value
                : throw Refuse($"sides of the shape are whole numbers from 0; found {NearestName.Short(side.GetRawText())}"));
        }

        return sides;
    }

    private int Count(List<long> shape)
    {
        // Pictures may leave out the 1 at the end.
        bool fits = (!model.IsTensor && shape.Count == 1) || (shape.Count == expected.Shape.Count && shape.Skip(1).SequenceEqual(expected.Shape.Skip(1).Select(Math.Abs)));
        if (!fits || shape[0] < 1)
        {
            throw Refuse($"shape is [{string.Join(',', expected.Shape)}]; found {NearestName.Short($"[{string.Join(',', shape)}]")}");
        }

        return shape[0] <= limits.MaxBatch
            ? (int)shape[0]
            : throw Refuse($"holds at most {limits.MaxBatch} images, the lesser of Limits:MaxImages and Batching:QueueCapacity; found {shape[0]}");
    }

    private void RequireSize(JsonElement size, int available)
    {
        if (size.ValueKind != JsonValueKind.Number || !size.TryGetInt64(out long bytes) || bytes < 0)
        {
            throw Refuse($"binary_data_size is a number of bytes; found {NearestName.Short(size.GetRawText())}", ErrorCode.BadBinaryHeader);
        }

        if (bytes != available)
        {
            throw Refuse($"binary_data_size is {bytes}, and {available} bytes follow the JSON; {InferBody.LengthHeader} tells where it ends", ErrorCode.BadBinaryHeader);
        }
    }

    private ReadOnlyMemory<byte> Floats(ReadOnlyMemory<byte> binary, int count)
    {
        long size = count * expected.ElementsPerImage * FloatBytes;
        if (binary.Length != size)
        {
            throw Refuse($"the shape needs {size} bytes; found {binary.Length}", ErrorCode.BadBinaryHeader);
        }

        for (int offset = 0; offset < binary.Length; offset += FloatBytes)
        {
            if (!float.IsFinite(BinaryPrimitives.ReadSingleLittleEndian(binary.Span[offset..])))
            {
                throw Refuse($"element {offset / FloatBytes} is not a finite number");
            }
        }

        return binary;
    }

    private List<ReadOnlyMemory<byte>> Elements(ReadOnlyMemory<byte> binary, int count)
    {
        List<ReadOnlyMemory<byte>> elements = [];
        while (!binary.IsEmpty)
        {
            uint length = binary.Length >= LengthBytes
                ? BinaryPrimitives.ReadUInt32LittleEndian(binary.Span)
                : throw Refuse($"{binary.Length} bytes are left over behind element {elements.Count}", ErrorCode.BadBinaryHeader);
            binary = binary[LengthBytes..];
            if (length > binary.Length)
            {
                throw Refuse($"element {elements.Count} has {length} bytes, and {binary.Length} are left", ErrorCode.BadBinaryHeader);
            }

            elements.Add(binary[..(int)length]);
            binary = binary[(int)length..];
            if (elements.Count > count)
            {
                break;
            }
        }

        return elements.Count == count
            ? elements
            : throw Refuse($"the shape has {count} elements; the data has {(elements.Count > count ? "more" : elements.Count)}", ErrorCode.BadBinaryHeader);
    }

    private RequestErrorException Refuse(string what, ErrorCode code = ErrorCode.BadTensor) =>
        InferRequestParser.Refuse(code, $"Input '{expected.Name}': {what}.");
}
