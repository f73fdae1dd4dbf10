using System.Text;
using System.Text.Json;
using static DiTask.Api.Tests.OpenInference.InferBodies;

namespace DiTask.Api.Tests.OpenInference;

public sealed class InferErrorTests : IAsyncDisposable
{
    private const string Address = "/v2/models/fake/infer";

    private readonly ServiceFactory factory = new();

    public ValueTask DisposeAsync() => factory.DisposeAsync();

    [Theory]
    [InlineData("{", "malformed_json")]
    [InlineData("[]", "malformed_json")]
    [InlineData("""{"id":"\uD800"}""", "malformed_json")]
    [InlineData("""{"id":"a","id":"b"}""", "malformed_json")]
    [InlineData("{}", "bad_tensor")]
    [InlineData("""{"inputs":[]}""", "bad_tensor")]
    [InlineData("""{"inputs":[7]}""", "bad_tensor")]
    [InlineData("""{"inputs":[{"name":"OTHER"}]}""", "bad_tensor")]
    [InlineData("""{"inputs":[{"name":"IMAGE","datatype":"FP32","shape":[1,1],"data":["AA=="]}]}""", "bad_tensor")]
    [InlineData("""{"inputs":[{"name":"IMAGE","datatype":"BYTES","shape":[1,2],"data":["AA=="]}]}""", "bad_tensor")]
    [InlineData("""{"inputs":[{"name":"IMAGE","datatype":"BYTES","shape":[-1,1],"data":["AA=="]}]}""", "bad_tensor")]
    [InlineData("""{"inputs":[{"name":"IMAGE","datatype":"BYTES","shape":[9223372036854775807,9223372036854775807],"data":["AA=="]}]}""", "bad_tensor")]
    [InlineData("""{"inputs":[{"name":"IMAGE","datatype":"BYTES","shape":[99999999999999999999],"data":["AA=="]}]}""", "bad_tensor")]
    [InlineData("""{"inputs":[{"name":"IMAGE","datatype":"BYTES","shape":[17,1],"data":["AA=="]}]}""", "bad_tensor")]
    [InlineData("""{"inputs":[{"name":"IMAGE","datatype":"BYTES","shape":[2,1],"data":["AA=="]}]}""", "bad_tensor")]
    [InlineData("""{"inputs":[{"name":"IMAGE","datatype":"BYTES","shape":[1,1],"data":["not base64"]}]}""", "bad_tensor")]
    [InlineData("""{"inputs":[{"name":"IMAGE","datatype":"BYTES","shape":[1,1],"parameters":{"content_type":"str"},"data":["AA=="]}]}""", "bad_tensor")]
    [InlineData("""{"inputs":[{"name":"IMAGE","datatype":"BYTES","shape":[1,1]}]}""", "bad_tensor")]
    [InlineData("""{"inputs":[{"name":"IMAGE","datatype":"BYTES","shape":[1,1],"data":["AA=="],"parameters":{"binary_data_size":1}}]}""", "bad_tensor")]
    [InlineData("""{"inputs":[{"name":"IMAGE"},{"name":"IMAGE"}]}""", "bad_tensor")]
    [InlineData("""{"inputs":[{"name":"IMAGE","datatype":"BYTES","shape":[1,1],"data":["AA=="]}],"outputs":[{"name":"none"}]}""", "unknown_task")]
    [InlineData("""{"inputs":[{"name":"IMAGE","datatype":"BYTES","shape":[1,1],"data":["AA=="]}],"outputs":[{"name":"sal"},{"name":"sal"}]}""", "bad_tensor")]
    [InlineData("""{"inputs":[{"name":"IMAGE","datatype":"BYTES","shape":[1,1],"data":["AA=="]}],"parameters":{"timeout":-1}}""", "bad_timeout")]
    [InlineData("""{"inputs":[{"name":"IMAGE","datatype":"BYTES","shape":[1,1],"data":["AA=="]}],"parameters":{"binary_data_output":1}}""", "bad_option")]
    [InlineData("""{"inputs":[{"name":"IMAGE","datatype":"BYTES","shape":[1,1],"data":["AA=="]}]}""", "unsupported_image_format")]
    [InlineData("""{"inputs":[{"name":"IMAGE","datatype":"BYTES","shape":[1,1],"data":[""]}]}""", "image_empty")]
    public async Task Infer_BadRequest_Is400WithItsCode(string json, string code)
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        await (await client.PostAsync(Address, new StringContent(json))).ProblemAsync(400, code);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("many")]
    [InlineData("999999")]
    [InlineData("99999999999999")]
    public async Task Infer_BadHeaderLength_IsNamed(string length)
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        await (await client.PostAsync(Address, Binary("{}", [], length))).ProblemAsync(400, "bad_binary_header");
    }

    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(1, -1, 0)]
    [InlineData(1, 0, 3)]
    [InlineData(2, 0, 0)]
    [InlineData(1, -9999, 0)]
    public async Task Infer_SizesThatDoNotAddUp_AreNamed(int count, int sizeError, int extraBytes)
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        byte[] tensor = Elements(Pictures.Gray(1));
        string json = Announce(tensor, count).Replace($":{tensor.Length}}}", $":{tensor.Length + sizeError}}}", StringComparison.Ordinal);

        JsonElement problem = await (await client.PostAsync(Address, Binary(json, [.. tensor, .. new byte[extraBytes]]))).ProblemAsync(400, "bad_binary_header");

        Assert.Contains("IMAGE", problem.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 255, 255, 255, 255, 0 })]
    [InlineData(new byte[] { 9, 0, 0, 0, 1 })]
    [InlineData(new byte[] { 0, 0 })]
    [InlineData(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0 })]
    public async Task Infer_BrokenElements_AreRefused(byte[] tensor)
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        await (await client.PostAsync(Address, Binary(Announce(tensor), tensor))).ProblemAsync(400, "bad_binary_header");
    }

    [Theory]
    [InlineData("""{"id":"x","parameters":{"sequence_id":5},"inputs":[]}""")]
    [InlineData("""{"id":"x","inputs":[{"name":"IMAGE","datatype":"BYTES","shape":[1,1],"parameters":{"shared_memory_region":"r"}}]}""")]
    [InlineData("""{"id":"x","inputs":[{"name":"IMAGE","datatype":"BYTES","shape":[1,1],"data":["AA=="]}],"outputs":[{"name":"sal","parameters":{"classification":3}}]}""")]
    public async Task Infer_PartOfTheProtocolThatIsNotThere_Is501WithTheId(string json)
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        JsonElement problem = await (await client.PostAsync(Address, new StringContent(json))).ProblemAsync(501, "unsupported_protocol_feature");

        Assert.Equal("x", problem.GetProperty("id").GetString());
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public async Task Infer_BinaryTensorWithAValueThatIsNoNumber_IsBadAndNamesIt(float value)
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        float[] values = new float[3 * FakeModel.Size * FakeModel.Size];
        values[5] = value;
        byte[] tensor = [.. System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(values)];

        HttpResponseMessage response = await client.PostAsync("/v2/models/fake_tensor/infer", Binary("", tensor, "0"));

        JsonElement problem = await response.ProblemAsync(400, "bad_tensor");
        Assert.Contains("element 5 is not a finite number", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Infer_MapOverflowsAndJsonIsAsked_IsNotAcceptableButBinaryIs()
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        byte[] tensor = Elements(Pictures.Gray(FakeModel.OverflowLevel));

        JsonElement problem = await (await client.PostAsync(Address, Binary(Announce(tensor), tensor))).ProblemAsync(406, "not_acceptable");
        (_, byte[] tensors) = await ReadAsync(await client.PostAsync(
            Address, Binary(Announce(tensor, rest: ",\"outputs\":[{\"name\":\"depth\",\"parameters\":{\"binary_data\":true}}]"), tensor)));

        Assert.Contains("'depth'", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.False(float.IsFinite(BitConverter.ToSingle(tensors)));
    }

    [Fact]
    public async Task Infer_UnknownEncoding_Is400()
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        using ByteArrayContent content = new("{}"u8.ToArray());
        content.Headers.ContentEncoding.Add("br");

        await (await client.PostAsync(Address, content)).ProblemAsync(400, "unsupported_content_encoding");
    }

    [Fact]
    public async Task Infer_BodyThatIsNotGzip_IsMalformed()
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        using ByteArrayContent content = new(Encoding.ASCII.GetBytes("{\"plain\": true} and some more of it"));
        content.Headers.ContentEncoding.Add("gzip");

        await (await client.PostAsync(Address, content)).ProblemAsync(400, "malformed_request");
    }

    [Fact]
    public async Task Infer_LongJsonAnswer_AdvisesBinary()
    {
        await using ServiceFactory small = new(("Limits:MaxJsonBytes", "2000"));
        HttpClient client = await small.CreateReadyClientAsync();
        byte[] tensor = Elements(Pictures.Gray(1));

        JsonElement problem = await (await client.PostAsync(Address, Binary(Announce(tensor), tensor))).ProblemAsync(406, "not_acceptable");

        Assert.Contains("binary_data_output", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Infer_TimeoutParameter_IsTheDeadline()
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        Task<HttpResponseMessage> running = await factory.SendBlockedAsync(client);
        byte[] tensor = Elements(Pictures.Gray(1));

        HttpResponseMessage late = await client.PostAsync(Address, Binary(Announce(tensor, rest: ",\"id\":\"late\",\"parameters\":{\"timeout\":20000}"), tensor));

        JsonElement problem = await late.ProblemAsync(504, "deadline_exceeded");
        Assert.Equal("late", problem.GetProperty("id").GetString());
        factory.Model.Gate.Set();
        await running;
    }

    [Fact]
    public async Task Infer_ModelFails_Is500WithoutItsReason()
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        byte[] tensor = Elements(Pictures.Gray(FakeModel.PoisonLevel));

        await (await client.PostAsync(Address, Binary(Announce(tensor), tensor))).ProblemAsync(500, "inference_failed");
    }
}
