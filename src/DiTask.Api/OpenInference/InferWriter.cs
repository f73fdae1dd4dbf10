using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using DiTask.Api.Predict;
using DiTask.Api.Problems;

namespace DiTask.Api.OpenInference;

/// <summary>An answer as JSON, or as JSON with tensors behind it.</summary>
internal static class InferWriter
{
    // "255," and the shortest text that gives a float back, with its comma.
    private const int LabelJsonBytes = 4;
    private const int FloatJsonBytes = 12;

    /// <exception cref="RequestErrorException">Its JSON would be too long.</exception>
    public static void RequireWritable(InferRequest request, LimitsOptions limits)
    {
        long estimate = request.Outputs.Where(output => !output.IsBinary).Sum(output =>
            request.Count * output.Info.ElementsPerImage * (output.Info.Datatype == TensorInfo.Uint8 ? LabelJsonBytes : FloatJsonBytes));
        if (estimate > limits.MaxJsonBytes)
        {
            throw new RequestErrorException(new(
                ErrorCode.NotAcceptable,
                $"A JSON answer has at most {limits.MaxJsonBytes} bytes, Limits:MaxJsonBytes; this one would have about {estimate}. Ask for binary_data_output."));
        }
    }

    public static async Task WriteAsync(HttpContext context, ProtocolModel model, string id, InferAnswer answer)
    {
        ReadOnlyMemory<byte> json = Json(model, id, answer);
        OutputTensor[] binary = [.. answer.Outputs.Where(output => output.IsBinary)];
        HttpResponse response = context.Response;
        response.Headers.CacheControl = "no-store";
        if (binary.Length > 0)
        {
            response.ContentType = "application/octet-stream";
            response.Headers[InferBody.LengthHeader] = json.Length.ToString(CultureInfo.InvariantCulture);
        }
        else
        {
            response.ContentType = "application/json";
        }

        response.ContentLength = json.Length + binary.Sum(output => output.ByteCount);
        await response.Body.WriteAsync(json, context.RequestAborted).ConfigureAwait(false);
        foreach (ReadOnlyMemory<byte> part in binary.SelectMany(output => output.Parts))
        {
            await response.Body.WriteAsync(part, context.RequestAborted).ConfigureAwait(false);
        }
    }

    private static ReadOnlyMemory<byte> Json(ProtocolModel model, string id, InferAnswer answer)
    {
        ArrayBufferWriter<byte> buffer = new();
        using Utf8JsonWriter writer = new(buffer);
        writer.WriteStartObject();
        writer.WriteString("id", id);
        writer.WriteString("model_name", model.Name);
        writer.WriteString("model_version", model.Version);
        writer.WriteStartArray("outputs");
        foreach (OutputTensor output in answer.Outputs)
        {
            Write(writer, output);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter writer, OutputTensor output)
    {
        writer.WriteStartObject();
        writer.WriteString("name", output.Info.Name);
        writer.WriteString("datatype", output.Info.Datatype);
        writer.WriteStartArray("shape");
        foreach (long side in output.Shape)
        {
            writer.WriteNumberValue(side);
        }

        writer.WriteEndArray();
        if (output.IsBinary)
        {
            writer.WriteStartObject("parameters");
            writer.WriteNumber("binary_data_size", output.ByteCount);
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteStartArray("data");
            foreach (ReadOnlyMemory<byte> part in output.Parts)
            {
                WriteValues(writer, output.Info, part.Span);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteValues(Utf8JsonWriter writer, TensorInfo info, ReadOnlySpan<byte> values)
    {
        if (info.Datatype == TensorInfo.Uint8)
        {
            foreach (byte value in values)
            {
                writer.WriteNumberValue(value);
            }

            return;
        }

        foreach (float value in MemoryMarshal.Cast<byte, float>(values))
        {
            if (!float.IsFinite(value))
            {
                throw new RequestErrorException(new(ErrorCode.NotAcceptable, $"Output '{info.Name}' has values that JSON cannot hold; binary_data can."));
            }

            writer.WriteNumberValue(value);
        }
    }
}
