using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DiTask.Api.Tests.OpenInference;

/// <summary>Requests and answers of the protocol, byte by byte.</summary>
internal static class InferBodies
{
    public const string LengthHeader = "Inference-Header-Content-Length";

    /// <summary>JSON, then the tensor's bytes.</summary>
    public static ByteArrayContent Binary(string json, byte[] tensor, string? headerLength = null)
    {
        ByteArrayContent content = new([.. Encoding.UTF8.GetBytes(json), .. tensor]);
        content.Headers.Add(LengthHeader, headerLength ?? Encoding.UTF8.GetByteCount(json).ToString(CultureInfo.InvariantCulture));
        return content;
    }

    /// <summary>Elements of BYTES: a length of four bytes before each.</summary>
    public static byte[] Elements(params byte[][] elements) => [.. elements.SelectMany(element => (byte[])[.. Length(element.Length), .. element])];

    /// <summary>The input IMAGE as a client announces it.</summary>
    public static string Announce(byte[] tensor, int count = 1, string rest = "") =>
        $$$"""{"inputs":[{"name":"IMAGE","datatype":"BYTES","shape":[{{{count}}},1],"parameters":{"binary_data_size":{{{tensor.Length}}}}}]{{{rest}}}}""";

    /// <summary>An answer's JSON and what follows it.</summary>
    public static async Task<(JsonElement Json, byte[] Tensors)> ReadAsync(HttpResponseMessage response)
    {
        byte[] body = await response.Content.ReadAsByteArrayAsync();
        Assert.True((int)response.StatusCode == 200, Encoding.UTF8.GetString(body));
        Assert.Equal("application/octet-stream", response.Content.Headers.ContentType?.MediaType);
        int length = int.Parse(response.Headers.GetValues(LengthHeader).Single(), CultureInfo.InvariantCulture);
        return (JsonDocument.Parse(body.AsMemory(0, length)).RootElement, body[length..]);
    }

    private static byte[] Length(int value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }
}
