using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using DiTask.Api.Tests.Metrics;
using DiTask.Api.Tests.OpenInference;

namespace DiTask.Api.Tests.Security;

public sealed class KeyTests : IAsyncDisposable
{
    private const string PredictKey = "predict-key-of-the-tests-1";
    private const string OtherPredictKey = "predict-key-of-the-tests-2";
    private const string AdminKey = "admin-key-of-the-tests-00";

    private readonly ServiceFactory factory = new(
        ("Security:PredictKeys:0", PredictKey), ("Security:PredictKeys:1", OtherPredictKey), ("Security:AdminKeys:0", AdminKey));

    public ValueTask DisposeAsync() => factory.DisposeAsync();

    [Theory]
    [InlineData("Authorization", "Bearer " + PredictKey)]
    [InlineData("Authorization", "bearer  " + OtherPredictKey)]
    [InlineData("X-API-Key", PredictKey)]
    public async Task Predict_KnownKey_IsAnswered(string header, string value)
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        HttpResponseMessage response = await SendAsync(client, "/predict?tasks=depth", (header, value));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("Authorization", "")]
    [InlineData("Authorization", "Bearer")]
    [InlineData("Authorization", "Bearer  ")]
    [InlineData("X-API-Key", "")]
    [InlineData("Authorization", "Basic " + PredictKey)]
    [InlineData("Authorization", PredictKey)]
    [InlineData("Cookie", "X-API-Key=" + PredictKey)]
    public async Task Predict_NoKey_IsToldHowToSendOne(string? header, string? value)
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        HttpResponseMessage response = await SendAsync(client, "/predict?tasks=depth", header is null ? null : (header, value!));

        await response.ProblemAsync(401, "unauthenticated");
        Assert.Equal("Bearer realm=\"ditask\"", response.Headers.WwwAuthenticate.ToString());
    }

    [Theory]
    [InlineData("X-API-Key", "predict-key-of-the-tests-")]
    [InlineData("X-API-Key", PredictKey + "x")]
    [InlineData("X-API-Key", "PREDICT-KEY-OF-THE-TESTS-1")]
    [InlineData("X-API-Key", PredictKey + "," + OtherPredictKey)]
    [InlineData("Authorization", "Bearer predict-key-of-the-tests-3")]
    [InlineData("Authorization", "Bearer \u00e4\u00f6\u00fc\u00df-not-of-this-alphabet")]
    public async Task Predict_UnknownKey_IsRefusedWithoutAnEcho(string header, string value)
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        HttpResponseMessage response = await SendAsync(client, "/predict?tasks=depth", (header, value));

        string problem = (await response.ProblemAsync(401, "unauthenticated")).ToString();
        Assert.Contains("error=\"invalid_token\"", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("key-of-the-tests", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_KeyInTheQuery_IsNoKey()
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        await (await SendAsync(client, $"/predict?tasks=depth&key={PredictKey}", null)).ProblemAsync(401, "unauthenticated");
    }

    [Fact]
    public async Task Predict_BothHeaders_TheServicesOwnCounts()
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        HttpResponseMessage response = await SendAsync(
            client, "/predict?tasks=depth", ("X-API-Key", PredictKey), ("Authorization", "Bearer something-for-a-proxy"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Predict_KeyOfTheAdministration_IsForbidden()
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        await (await SendAsync(client, "/predict?tasks=depth", ("X-API-Key", AdminKey))).ProblemAsync(403, "forbidden");
    }

    [Fact]
    public async Task Predict_NoKey_IsRefusedBeforeTheBodyArrives()
    {
        factory.UseKestrel(0);
        factory.StartServer();
        using HttpClient client = await factory.CreateReadyClientAsync();
        using TcpClient socket = new();
        await socket.ConnectAsync(client.BaseAddress!.Host, client.BaseAddress.Port);
        NetworkStream stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            "POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\nContent-Length: 30000000\r\n\r\n"));

        using StreamReader reader = new(stream, Encoding.ASCII);

        Assert.Equal("HTTP/1.1 401 Unauthorized", await reader.ReadLineAsync());
    }

    [Theory]
    [InlineData("/v2")]
    [InlineData("/v2/models")]
    [InlineData("/v2/models/stats")]
    [InlineData("/v2/models/fake")]
    [InlineData("/v2/models/fake/ready")]
    [InlineData("/v2/models/fake/config")]
    [InlineData("/v2/models/fake/versions/7/stats")]
    public async Task Protocol_Metadata_TakesAKey(string path)
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        HttpResponseMessage without = await GetAsync(client, path, null);
        HttpResponseMessage with = await GetAsync(client, path, PredictKey);

        await without.ProblemAsync(401, "unauthenticated");
        Assert.Equal(HttpStatusCode.OK, with.StatusCode);
    }

    [Fact]
    public async Task Protocol_Infer_TakesAKey()
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        HttpResponseMessage response = await SendAsync(client, "/v2/models/fake/infer", null);

        await response.ProblemAsync(401, "unauthenticated");
    }

    [Theory]
    [InlineData("/livez")]
    [InlineData("/readyz")]
    [InlineData("/startupz")]
    [InlineData("/v2/health/live")]
    [InlineData("/v2/health/ready")]
    [InlineData("/tasks")]
    [InlineData("/models")]
    [InlineData("/metrics")]
    [InlineData("/")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/problems/unauthenticated")]
    public async Task Others_WithoutAKey_AreOpen(string path)
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        Assert.Equal(HttpStatusCode.OK, (await GetAsync(client, path, null)).StatusCode);
    }

    [Fact]
    public async Task Refusals_OfAnyKind_AreCountedAsAuth()
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        await SendAsync(client, "/predict", null);
        await SendAsync(client, "/predict", ("X-API-Key", AdminKey));

        Exposition metrics = new(await client.GetStringAsync(new Uri("/metrics", UriKind.Relative)));
        Assert.Equal(2, metrics["ditask_rejected_total{reason=\"auth\"}"]);
        Assert.Equal(1, metrics["ditask_http_requests_total{endpoint=\"/predict\",code=\"401\"}"]);
        Assert.Equal(1, metrics["ditask_http_requests_total{endpoint=\"/predict\",code=\"403\"}"]);
        Assert.DoesNotContain(metrics.Names, name => name.Contains("key-of-the-tests", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Contract_KeysAreSet_SaysThatTheyAreNeeded()
    {
        await using ServiceFactory open = new();

        JsonElement closed = await SecurityOfPredictAsync(factory);
        JsonElement optional = await SecurityOfPredictAsync(open);

        Assert.Equal("""[{"bearer":[]},{"apiKey":[]}]""", Compact(closed));
        Assert.Equal("""[{},{"bearer":[]},{"apiKey":[]}]""", Compact(optional));
    }

    [Fact]
    public async Task Open_NoKeysSet_AnswersWhoeverSendsWhatever()
    {
        await using ServiceFactory open = new(("Security:AdminKeys:0", AdminKey));
        HttpClient client = await open.CreateReadyClientAsync();

        Assert.Equal(HttpStatusCode.OK, (await SendAsync(client, "/predict?tasks=depth", null)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(client, "/predict?tasks=depth", ("X-API-Key", "?"))).StatusCode);
    }

    private static async Task<JsonElement> SecurityOfPredictAsync(ServiceFactory service)
    {
        HttpClient client = await service.CreateReadyClientAsync();
        JsonElement document = JsonDocument.Parse(await client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative))).RootElement;
        return document.GetProperty("paths").GetProperty("/predict").GetProperty("post").GetProperty("security");
    }

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(element);

    private static async Task<HttpResponseMessage> GetAsync(HttpClient client, string path, string? key)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (key is not null)
        {
            request.Headers.Add("X-API-Key", key);
        }

        return await client.SendAsync(request);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string path, params (string Name, string Value)?[]? headers)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = Pictures.Raw(Pictures.Gray(50)) };
        foreach ((string name, string value) in (headers ?? []).OfType<(string, string)>())
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        return await client.SendAsync(request);
    }
}
