using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using DiTask.Tests;
using static DiTask.Api.Tests.OpenInference.InferBodies;

namespace DiTask.Api.Tests.OpenInference;

/// <summary>The byte streams of the protocol's usual clients, against the bundled model behind a real port.</summary>
public sealed class RealClientTests(RealService service) : IClassFixture<RealService>
{
    private const string Model = "/v2/models/ditask-micro";

    private static readonly byte[] Photo = File.ReadAllBytes(Fixture.Path("images", "photo.jpg"));

    [Fact]
    public async Task PythonClient_BinaryInputNoContentTypeNoOutputs_GetsEveryOutputBinary()
    {
        byte[] tensor = Elements(Photo);
        string json = Announce(tensor, rest: ",\"parameters\":{\"binary_data_output\":true}");

        (string head, byte[] body) = await SendAsync($"POST {Model}/infer HTTP/1.1", $"{LengthHeader}: {json.Length}", [.. Encoding.ASCII.GetBytes(json), .. tensor]);

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", head, StringComparison.Ordinal);
        int jsonLength = int.Parse(Header(head, LengthHeader), CultureInfo.InvariantCulture);
        Assert.Equal(body.Length, int.Parse(Header(head, "Content-Length"), CultureInfo.InvariantCulture));
        JsonElement outputs = JsonDocument.Parse(body.AsMemory(0, jsonLength)).RootElement.GetProperty("outputs");
        Assert.Equal(4, outputs.GetArrayLength());
        Assert.Equal(body.Length - jsonLength, outputs.EnumerateArray().Sum(output => output.GetProperty("parameters").GetProperty("binary_data_size").GetInt32()));
    }

    [Fact]
    public async Task CppClient_HeaderEqualToTheBodyAndEmptyExpect_IsJson()
    {
        string json = $$"""{"id":"","inputs":[{"name":"IMAGE","shape":[1,1],"datatype":"BYTES","data":["{{Convert.ToBase64String(Photo)}}"]}],"outputs":[{"name":"semseg"}]}""";

        (string head, byte[] body) = await SendAsync(
            $"POST {Model}/infer HTTP/1.1", $"Expect:\r\nContent-Type: application/json\r\n{LengthHeader}: {json.Length}", Encoding.ASCII.GetBytes(json));

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", head, StringComparison.Ordinal);
        Assert.Equal("application/json", Header(head, "Content-Type"));
        JsonElement answer = JsonDocument.Parse(body).RootElement;
        Assert.NotEqual("", answer.GetProperty("id").GetString());
        JsonElement shape = answer.GetProperty("outputs")[0].GetProperty("shape");
        Assert.Equal(shape[1].GetInt32() * shape[2].GetInt32(), answer.GetProperty("outputs")[0].GetProperty("data").GetArrayLength());
    }

    [Fact]
    public async Task AnyClient_BadRequest_FindsAStringInError()
    {
        (string head, byte[] body) = await SendAsync($"POST {Model}/infer HTTP/1.1", $"{LengthHeader}: 2", "{}"u8.ToArray());

        Assert.StartsWith("HTTP/1.1 400 ", head, StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.String, JsonDocument.Parse(body).RootElement.GetProperty("error").ValueKind);
    }

    [Theory]
    [InlineData("/v2/health/live")]
    [InlineData("/v2/health/ready")]
    [InlineData(Model + "/ready")]
    public async Task LoadBalancer_Head_GetsNoBody(string address)
    {
        (string head, byte[] body) = await SendAsync($"HEAD {address} HTTP/1.1", "Accept: */*", []);

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", head, StringComparison.Ordinal);
        Assert.Empty(body);
    }

    [Fact]
    public async Task PerfAnalyzer_MetadataConfigurationAndStatistics_AgreeWithEachOther()
    {
        JsonElement metadata = await GetAsync(Model);
        JsonElement configuration = await GetAsync(Model + "/config");
        JsonElement statistics = await GetAsync(Model + "/stats");

        Assert.All(metadata.GetProperty("versions").EnumerateArray(), version => Assert.Equal(JsonValueKind.String, version.ValueKind));
        Assert.Equal(
            metadata.GetProperty("outputs").EnumerateArray().Select(Sides),
            configuration.GetProperty("output").EnumerateArray().Select(output => output.GetProperty("dims").GetRawText()));
        Assert.Equal(metadata.GetProperty("versions")[0].GetString(), statistics.GetProperty("model_stats")[0].GetProperty("version").GetString());

        static string Sides(JsonElement output) => $"[{string.Join(',', output.GetProperty("shape").EnumerateArray().Skip(1))}]";
    }

    [Fact]
    public async Task Fuzz_AnyPrefixOfARequest_IsRefusedWithADocumentedStatus()
    {
        byte[] tensor = Elements(Photo);
        string json = Announce(tensor);
        byte[] whole = [.. Encoding.ASCII.GetBytes(json), .. tensor];

        for (int length = 0; length < whole.Length; length += 1 + (whole.Length / 60))
        {
            using ByteArrayContent content = new(whole[..length]);
            content.Headers.Add(LengthHeader, $"{json.Length}");
            HttpResponseMessage response = await service.Client.PostAsync(Model + "/infer", content);
            Assert.True(response.StatusCode == HttpStatusCode.BadRequest, $"{length} of {whole.Length} bytes: {(int)response.StatusCode}");
        }
    }

    private static string Header(string head, string name) =>
        head.Split("\r\n").Single(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))[(name.Length + 1)..].Trim();

    private async Task<JsonElement> GetAsync(string address) => await (await service.Client.GetAsync(new Uri(address, UriKind.Relative))).JsonAsync();

    private async Task<(string Head, byte[] Body)> SendAsync(string line, string headers, byte[] body)
    {
        using Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, service.Client.BaseAddress!.Port);
        string length = line.StartsWith("POST", StringComparison.Ordinal) ? $"Content-Length: {body.Length}\r\n" : "";
        await socket.SendAsync(Encoding.ASCII.GetBytes($"{line}\r\nHost: localhost\r\nConnection: close\r\n{length}{headers}\r\n\r\n"));
        await socket.SendAsync(body);
        using NetworkStream stream = new(socket);
        using MemoryStream answer = new();
        await stream.CopyToAsync(answer);
        byte[] bytes = answer.ToArray();
        int end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        return (Encoding.ASCII.GetString(bytes, 0, end), bytes[(end + 4)..]);
    }
}
