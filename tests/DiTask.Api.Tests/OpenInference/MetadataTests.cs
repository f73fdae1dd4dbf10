using System.Net;
using System.Text.Json;

namespace DiTask.Api.Tests.OpenInference;

public sealed class MetadataTests : IAsyncDisposable
{
    private readonly ServiceFactory factory = new();

    public ValueTask DisposeAsync() => factory.DisposeAsync();

    [Theory]
    [InlineData("/v2", """{"name":"ditask","version":"0.1.0","extensions":["binary_tensor_data","statistics","model_configuration","parameters"]}""")]
    [InlineData("/v2/health/live", """{"live":true}""")]
    [InlineData("/v2/health/ready", """{"live":true,"ready":true}""")]
    [InlineData("/v2/models", """{"models":["fake","fake_tensor"]}""")]
    [InlineData("/v2/models/fake/ready", """{"name":"fake","ready":true}""")]
    [InlineData("/v2/models/fake/versions/7/ready", """{"name":"fake","ready":true}""")]
    [InlineData("/v2/models/fake", """{"name":"fake","versions":["7"],"platform":"onnx_onnxv1","inputs":[{"name":"IMAGE","datatype":"BYTES","shape":[-1,1]}],"outputs":[{"name":"semseg","datatype":"UINT8","shape":[-1,32,32]},{"name":"normals","datatype":"FP32","shape":[-1,3,32,32]},{"name":"depth","datatype":"FP32","shape":[-1,1,32,32]},{"name":"sal","datatype":"FP32","shape":[-1,1,32,32]}]}""")]
    [InlineData("/v2/models/fake_tensor/versions/7", """{"name":"fake_tensor","versions":["7"],"platform":"onnx_onnxv1","inputs":[{"name":"INPUT","datatype":"FP32","shape":[-1,3,32,32]}],"outputs":[{"name":"semseg","datatype":"FP32","shape":[-1,21,4,4]},{"name":"normals","datatype":"FP32","shape":[-1,3,4,4]},{"name":"depth","datatype":"FP32","shape":[-1,1,4,4]},{"name":"sal","datatype":"FP32","shape":[-1,1,4,4]}]}""")]
    [InlineData("/v2/models/fake/config", """{"name":"fake","platform":"onnx_onnxv1","backend":"onnxruntime","max_batch_size":16,"version_policy":{"latest":{"num_versions":1}},"input":[{"name":"IMAGE","data_type":"TYPE_STRING","dims":[1]}],"output":[{"name":"semseg","data_type":"TYPE_UINT8","dims":[32,32]},{"name":"normals","data_type":"TYPE_FP32","dims":[3,32,32]},{"name":"depth","data_type":"TYPE_FP32","dims":[1,32,32]},{"name":"sal","data_type":"TYPE_FP32","dims":[1,32,32]}],"dynamic_batching":{"max_queue_delay_microseconds":0},"model_transaction_policy":{"decoupled":false}}""")]
    public async Task Get_ModelReady_IsWhatTheProtocolSays(string address, string expected)
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        JsonElement answer = await (await client.GetAsync(new Uri(address, UriKind.Relative))).JsonAsync();

        Assert.Equal(expected, answer.GetRawText());
    }

    [Theory]
    [InlineData("/v2/models/other", "unknown_model")]
    [InlineData("/v2/models/other/ready", "unknown_model")]
    [InlineData("/v2/models/fake/versions/8", "unknown_version")]
    [InlineData("/v2/models/fake/versions/8/stats", "unknown_version")]
    [InlineData("/v2/nothing", "not_found")]
    public async Task Get_UnknownNameOrVersion_IsNotFound(string address, string code)
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        await (await client.GetAsync(new Uri(address, UriKind.Relative))).ProblemAsync(404, code);
    }

    [Theory]
    [InlineData("/v2/health/live")]
    [InlineData("/v2/health/ready")]
    [InlineData("/v2/models/fake/ready")]
    public async Task Head_Probe_Is200(string address)
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        using HttpRequestMessage request = new(HttpMethod.Head, address);

        HttpResponseMessage response = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Probes_ModelWarming_AreLiveAndNotReady()
    {
        factory.Model.Gate.Reset();
        HttpClient client = factory.CreateClient();
        await factory.Model.Started.WaitAsync();

        JsonElement live = await (await client.GetAsync(new Uri("/v2/health/live", UriKind.Relative))).JsonAsync();
        JsonElement ready = await (await client.GetAsync(new Uri("/v2/health/ready", UriKind.Relative))).JsonAsync(HttpStatusCode.ServiceUnavailable);
        JsonElement model = await (await client.GetAsync(new Uri("/v2/models/fake/ready", UriKind.Relative))).JsonAsync(HttpStatusCode.ServiceUnavailable);
        HttpResponseMessage infer = await client.PostAsync("/v2/models/fake/infer", new StringContent("{}"));

        Assert.True(live.GetProperty("live").GetBoolean());
        Assert.False(ready.GetProperty("ready").GetBoolean());
        Assert.False(model.GetProperty("ready").GetBoolean());
        await infer.ProblemAsync(503, "warming");
        Assert.NotNull(infer.Headers.RetryAfter);
        factory.Model.Gate.Set();
    }
}
