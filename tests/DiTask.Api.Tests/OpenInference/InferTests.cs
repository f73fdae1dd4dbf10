using System.IO.Compression;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using static DiTask.Api.Tests.OpenInference.InferBodies;

namespace DiTask.Api.Tests.OpenInference;

public sealed class InferTests : IAsyncDisposable
{
    private const string Address = "/v2/models/fake/infer";
    private const int Pixels = FakeModel.Size * FakeModel.Size;

    private readonly ServiceFactory factory = new();

    public ValueTask DisposeAsync() => factory.DisposeAsync();

    [Theory]
    [InlineData("[1,1]", "[\"{0}\"]", ",\"parameters\":{\"content_type\":\"base64\"}")]
    [InlineData("[1]", "[\"{0}\"]", "")]
    [InlineData("[1,1]", "[[\"{0}\"]]", "")]
    public async Task Infer_Json_AnswersTheOutputAskedFor(string shape, string data, string parameters)
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        string values = data.Replace("{0}", Convert.ToBase64String(Pictures.Gray(30)), StringComparison.Ordinal);

        JsonElement answer = await (await client.PostAsync(Address, Json(
            $$"""{"id":"req-1","inputs":[{"name":"IMAGE","shape":{{shape}},"datatype":"BYTES"{{parameters}},"data":{{values}}}],"outputs":[{"name":"depth"}]}"""))).JsonAsync();

        Assert.Equal(["id", "model_name", "model_version", "outputs"], answer.Names());
        Assert.Equal(("req-1", "fake", "7"), (answer.GetProperty("id").GetString(), answer.GetProperty("model_name").GetString(), answer.GetProperty("model_version").GetString()));
        JsonElement output = Assert.Single(answer.GetProperty("outputs").EnumerateArray());
        Assert.Equal("FP32", output.GetProperty("datatype").GetString());
        Assert.Equal("[1,1,32,32]", output.GetProperty("shape").GetRawText());
        Assert.Equal(Enumerable.Repeat(3f, Pixels), output.GetProperty("data").EnumerateArray().Select(value => value.GetSingle()));
        Assert.Equal(["depth"], factory.Model.LatestRows.Keys);
    }

    [Fact]
    public async Task Infer_BinaryOfTwoImages_AnswersTensorsInOrder()
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        byte[] tensor = Elements(Pictures.Gray(20), Pictures.Gray(22));
        using ByteArrayContent content = Binary(
            Announce(tensor, 2, ",\"outputs\":[{\"name\":\"depth\"},{\"name\":\"semseg\",\"parameters\":{\"binary_data\":false}}],\"parameters\":{\"binary_data_output\":true}"), tensor);

        (JsonElement json, byte[] tensors) = await ReadAsync(await client.PostAsync("/v2/models/fake/versions/7/infer", content));

        JsonElement depth = json.GetProperty("outputs")[0];
        Assert.Equal("""{"name":"depth","datatype":"FP32","shape":[2,1,32,32],"parameters":{"binary_data_size":8192}}""", depth.GetRawText());
        Assert.Equal([.. Enumerable.Repeat(2f, Pixels), .. Enumerable.Repeat(2.2f, Pixels)], MemoryMarshal.Cast<byte, float>(tensors).ToArray());
        JsonElement semseg = json.GetProperty("outputs")[1];
        Assert.Equal("[2,32,32]", semseg.GetProperty("shape").GetRawText());
        Assert.Equal([.. Enumerable.Repeat(20, Pixels), .. Enumerable.Repeat(1, Pixels)], semseg.GetProperty("data").EnumerateArray().Select(value => value.GetInt32()));
        Assert.NotEqual("", json.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Infer_RawPicture_AnswersEveryOutputBinary()
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        using ByteArrayContent content = Binary("", Pictures.Gray(5));

        (JsonElement json, byte[] tensors) = await ReadAsync(await client.PostAsync(Address, content));

        Assert.Equal(["semseg", "normals", "depth", "sal"], json.GetProperty("outputs").EnumerateArray().Select(output => output.GetProperty("name").GetString()));
        Assert.Equal(Pixels + (4 * 5 * Pixels), tensors.Length);
        Assert.All(tensors[..Pixels], label => Assert.Equal(5, label));
        Assert.Equal(Enumerable.Repeat(1f, Pixels), MemoryMarshal.Cast<byte, float>(tensors.AsSpan(Pixels + (8 * Pixels), 4 * Pixels)).ToArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Infer_Tensor_AnswersTheHeadsLogits(bool isBinary)
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        float[] values = [.. Enumerable.Repeat(70 / 255f, 3 * Pixels)];
        byte[] tensor = [.. MemoryMarshal.AsBytes<float>(values)];
        const string Shape = "\"name\":\"INPUT\",\"datatype\":\"FP32\",\"shape\":[1,3,32,32]";
        using HttpContent content = isBinary
            ? Binary($$$"""{"inputs":[{{{{Shape}}},"parameters":{"binary_data_size":{{{tensor.Length}}}}}],"outputs":[{"name":"depth"}]}""", tensor)
            : Json($$"""{"inputs":[{{{Shape}},"data":{{JsonSerializer.Serialize(values)}}}],"outputs":[{"name":"depth"}]}""");

        JsonElement answer = await (await client.PostAsync("/v2/models/fake_tensor/infer", content)).JsonAsync();

        JsonElement output = answer.GetProperty("outputs")[0];
        Assert.Equal("[1,1,4,4]", output.GetProperty("shape").GetRawText());
        Assert.All(output.GetProperty("data").EnumerateArray(), value => Assert.Equal(7f, value.GetSingle()));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task Infer_CompressedBody_IsInflated(string encoding)
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        byte[] tensor = Elements(Pictures.Gray(40));
        string json = Announce(tensor, rest: ",\"outputs\":[{\"name\":\"sal\"}]");
        using ByteArrayContent content = new(Compress(encoding, [.. Encoding.UTF8.GetBytes(json), .. tensor]));
        content.Headers.Add(LengthHeader, $"{json.Length}");
        content.Headers.ContentEncoding.Add(encoding);

        JsonElement answer = await (await client.PostAsync(Address, content)).JsonAsync();

        Assert.Equal("sal", answer.GetProperty("outputs")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Infer_GzipAccepted_CompressesJsonOnly()
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        client.DefaultRequestHeaders.Add("Accept-Encoding", "gzip");
        byte[] tensor = Elements(Pictures.Gray(40));

        HttpResponseMessage text = await client.PostAsync(Address, Binary(Announce(tensor), tensor));
        HttpResponseMessage binary = await client.PostAsync(Address, Binary(Announce(tensor, rest: ",\"parameters\":{\"binary_data_output\":true}"), tensor));

        Assert.Equal(["gzip"], text.Content.Headers.ContentEncoding);
        using GZipStream gzip = new(await text.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        Assert.Equal("fake", JsonDocument.Parse(gzip).RootElement.GetProperty("model_name").GetString());
        Assert.Empty(binary.Content.Headers.ContentEncoding);
        await ReadAsync(binary);
    }

    [Fact]
    public async Task Infer_Bomb_IsRefusedBeforeItIsInflated()
    {
        await using ServiceFactory small = new(("Limits:MaxDecompressedBytes", "100000"));
        HttpClient client = await small.CreateReadyClientAsync();
        using ByteArrayContent content = new(Compress("gzip", new byte[10_000_000]));
        content.Headers.ContentEncoding.Add("gzip");

        JsonElement problem = await (await client.PostAsync(Address, content)).ProblemAsync(413, "body_too_large");

        Assert.Contains("Limits:MaxDecompressedBytes", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stats_AfterRequests_CountImagesRunsAndFailures()
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        byte[] two = Elements(Pictures.Gray(1), Pictures.Gray(2));
        await (await client.PostAsync(Address, Binary(Announce(two, 2, ",\"outputs\":[{\"name\":\"depth\"}]"), two))).JsonAsync();
        await ReadAsync(await client.PostAsync(Address, Binary("", Pictures.Gray(3))));
        Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsync(Address, Json("{}"))).StatusCode);

        JsonElement stats = await (await client.GetAsync(new Uri("/v2/models/fake/stats", UriKind.Relative))).JsonAsync();

        JsonElement model = Assert.Single(stats.GetProperty("model_stats").EnumerateArray());
        Assert.Equal(
            ["name", "version", "last_inference", "inference_count", "execution_count", "inference_stats", "batch_stats"], model.Names());
        Assert.Equal((3, 2), (model.GetProperty("inference_count").GetInt32(), model.GetProperty("execution_count").GetInt32()));
        Assert.True(model.GetProperty("last_inference").GetInt64() > 0);
        JsonElement times = model.GetProperty("inference_stats");
        Assert.Equal(["success", "fail", "queue", "compute_input", "compute_infer", "compute_output", "cache_hit", "cache_miss"], times.Names());
        Assert.Equal([2, 1, 2, 2, 2, 2, 0, 0], times.EnumerateObject().Select(time => time.Value.GetProperty("count").GetInt32()));
        Assert.True(times.GetProperty("success").GetProperty("ns").GetInt64() >= times.GetProperty("compute_infer").GetProperty("ns").GetInt64());
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static byte[] Compress(string encoding, byte[] bytes)
    {
        using MemoryStream stream = new();
        using (Stream compressor = encoding == "gzip" ? new GZipStream(stream, CompressionMode.Compress) : new ZLibStream(stream, CompressionMode.Compress))
        {
            compressor.Write(bytes);
        }

        return stream.ToArray();
    }
}
