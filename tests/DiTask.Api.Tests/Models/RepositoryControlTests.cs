using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using DiTask.Api.Models;
using DiTask.Api.Tests.Problems;
using Microsoft.Extensions.DependencyInjection;

namespace DiTask.Api.Tests.Models;

/// <summary>Load, unload and index over HTTP, with models that are faked.</summary>
public sealed class RepositoryControlTests : IDisposable
{
    private const string AdminKey = "admin-key-of-these-tests";
    private const string PredictKey = "predict-key-of-these-tests";

    private readonly RepositoryFolder repository = new RepositoryFolder().WithFake("a", "1").WithFake("b", "1");

    public void Dispose() => repository.Dispose();

    [Theory]
    [InlineData("/v2/repository/index")]
    [InlineData("/v2/repository/models/a/load")]
    [InlineData("/v2/repository/models/a/unload")]
    public async Task AnyAddress_Keys_DecideWhatItAnswers(string address)
    {
        await using ServiceFactory open = new(("Models:Path", repository.Path));
        await using ServiceFactory keyed = Service(("Security:PredictKeys:0", PredictKey));
        HttpClient openClient = await open.CreateReadyClientAsync();
        HttpClient client = await keyed.CreateReadyClientAsync();

        await (await SendAsync(openClient, address, AdminKey)).ProblemAsync(404, "not_found");
        await (await SendAsync(client, address, null)).ProblemAsync(401, "unauthenticated");
        await (await SendAsync(client, address, PredictKey)).ProblemAsync(403, "forbidden");
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(client, address)).StatusCode);
    }

    [Fact]
    public async Task Server_AdminKeySet_NamesTheExtension()
    {
        await using ServiceFactory open = new(("Models:Path", repository.Path));
        await using ServiceFactory keyed = Service();

        string without = await (await open.CreateReadyClientAsync()).GetStringAsync(new Uri("/v2", UriKind.Relative));
        string with = await (await keyed.CreateReadyClientAsync()).GetStringAsync(new Uri("/v2", UriKind.Relative));

        Assert.DoesNotContain("model_repository", without, StringComparison.Ordinal);
        Assert.Contains("\"model_repository\"", with, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Index_VersionsThatAreServedAndNot_SaysWhich()
    {
        repository.WithFake("a", "2").WithFake("broken", "1");
        await using ServiceFactory factory = Service();
        factory.Model.IsBroken = source => source.Name == "broken";
        HttpClient client = factory.CreateClient();
        await (factory.Services.GetRequiredService<ModelHost>().ExecuteTask ?? Task.CompletedTask);

        JsonElement all = await (await SendAsync(client, "/v2/repository/index")).JsonAsync();
        JsonElement ready = await (await SendAsync(client, "/v2/repository/index", body: """{"ready":true}""")).JsonAsync();

        Assert.Equal(["a 1 UNAVAILABLE", "a 2 READY", "b 1 READY", "broken 1 UNAVAILABLE"], Rows(all));
        Assert.Equal(["a 2 READY", "b 1 READY"], Rows(ready));
        Assert.Equal("not loaded", all[0].GetProperty("reason").GetString());
        Assert.NotEqual("", all[3].GetProperty("reason").GetString());
        Assert.DoesNotContain("/secret", all.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(repository.Path, all.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_NewVersionAppeared_IsServedInPlaceOfTheOld()
    {
        await using ServiceFactory factory = Service(("Models:Default", "a"));
        HttpClient client = await factory.CreateReadyClientAsync();
        ModelInstance old = factory.Services.GetRequiredService<ModelHost>().FindOpened("a", null);
        repository.WithFake("a", "2");

        JsonElement rows = await (await SendAsync(client, "/v2/repository/models/a/load")).JsonAsync();

        Assert.Equal(["a 1 UNAVAILABLE", "a 2 READY"], Rows(rows));
        Assert.Equal("2", await VersionAsync(client, "/predict"));
        await (await client.PostAsync("/predict?version=1", Pictures.Raw(Pictures.Gray(1)))).ProblemAsync(404, "unknown_version");
        await WaitAsync(() => old.IsClosed);
        string metrics = await MetricsAsync(client);
        Assert.Contains("ditask_model_reloads_total{model=\"a\",result=\"ok\"} 1", metrics, StringComparison.Ordinal);
        Assert.DoesNotMatch("ditask_model_info{.*model=\"a\".*version=\"1\"", metrics);
        Assert.Matches("ditask_model_info{.*model=\"a\".*version=\"2\"", metrics);
    }

    [Fact]
    public async Task Load_NewModelAppeared_IsServedBesideTheOthersAndTheDefaultStays()
    {
        repository.Remove("b", "1");
        await using ServiceFactory factory = Service();
        HttpClient client = await factory.CreateReadyClientAsync();
        repository.WithFake("c", "1");

        await (await SendAsync(client, "/v2/repository/models/c/load")).JsonAsync();

        Assert.Equal("1", await VersionAsync(client, "/predict?model=c"));
        JsonElement answer = await (await client.PostAsync("/predict", Pictures.Raw(Pictures.Gray(1)))).JsonAsync();
        Assert.Equal("a", answer.GetProperty("model").GetProperty("name").GetString());
    }

    [Fact]
    [ReachesError("load_failed")]
    public async Task Load_Fails_OldServesOnAndReadinessIsUntouched()
    {
        await using ServiceFactory factory = Service(("Models:Default", "a"));
        HttpClient client = await factory.CreateReadyClientAsync();
        repository.WithFake("a", "2");
        factory.Model.IsBroken = source => source.Version == "2";

        JsonElement problem = await (await SendAsync(client, "/v2/repository/models/a/load")).ProblemAsync(400, "load_failed");

        Assert.StartsWith("Version 2 of model 'a' could not be loaded.", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("1", await VersionAsync(client, "/predict"));
        await (await client.GetAsync(new Uri("/readyz", UriKind.Relative))).JsonAsync();
        Assert.Contains("ditask_model_reloads_total{model=\"a\",result=\"failed\"} 1", await MetricsAsync(client), StringComparison.Ordinal);
        factory.Model.IsBroken = _ => false;
        await (await SendAsync(client, "/v2/repository/models/a/load")).JsonAsync();
        Assert.Equal("2", await VersionAsync(client, "/predict"));
    }

    [Fact]
    public async Task Load_NewModelFails_IsShownAndTheOthersStayReady()
    {
        await using ServiceFactory factory = Service();
        HttpClient client = await factory.CreateReadyClientAsync();
        repository.WithFake("c", "1");
        factory.Model.IsBroken = source => source.Name == "c";

        await (await SendAsync(client, "/v2/repository/models/c/load")).ProblemAsync(400, "load_failed");

        await (await client.GetAsync(new Uri("/readyz", UriKind.Relative))).JsonAsync();
        await (await client.PostAsync("/predict?model=c", Pictures.Raw(Pictures.Gray(1)))).ProblemAsync(503, "model_failed");
    }

    [Fact]
    [ReachesError("reload_in_progress")]
    public async Task Load_AlreadyGoingOn_IsRefused()
    {
        await using ServiceFactory factory = Service();
        HttpClient client = await factory.CreateReadyClientAsync();
        factory.Model.Hold();
        Task<HttpResponseMessage> first = SendAsync(client, "/v2/repository/models/a/load");
        await factory.Model.Started.WaitAsync();

        await (await SendAsync(client, "/v2/repository/models/a/load")).ProblemAsync(409, "reload_in_progress");
        await (await SendAsync(client, "/v2/repository/models/a/unload")).ProblemAsync(409, "reload_in_progress");

        factory.Model.Gate.Set();
        await (await first).JsonAsync();
        await (await SendAsync(client, "/v2/repository/models/a/load")).JsonAsync();
    }

    [Fact]
    public async Task Unload_RequestsRunAndQueued_AnswersThem()
    {
        await using ServiceFactory factory = Service(("Batching:Sizes", "1"));
        HttpClient client = await factory.CreateReadyClientAsync();
        ModelInstance instance = factory.Services.GetRequiredService<ModelHost>().FindOpened("a", null);
        factory.Model.Hold();
        Task<HttpResponseMessage>[] accepted = [.. Enumerable.Range(0, 3).Select(_ => client.PostAsync("/predict?model=a", Pictures.Raw(Pictures.Gray(1))))];
        await factory.Model.Started.WaitAsync();
        await WaitAsync(() => instance.Batcher.Count == 2);

        Assert.Equal(["a 1 UNAVAILABLE"], Rows(await (await SendAsync(client, "/v2/repository/models/a/unload")).JsonAsync()));
        await (await client.PostAsync("/predict?model=a", Pictures.Raw(Pictures.Gray(1)))).ProblemAsync(404, "unknown_model");
        Assert.False(instance.IsClosed);
        factory.Model.Gate.Set();

        Assert.All(await Task.WhenAll(accepted), answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        await WaitAsync(() => instance.IsClosed);
        await (await client.GetAsync(new Uri("/readyz", UriKind.Relative))).JsonAsync();
        await (await SendAsync(client, "/v2/repository/models/a/load")).JsonAsync();
        Assert.Equal("1", await VersionAsync(client, "/predict?model=a"));
    }

    [Fact]
    [ReachesError("insufficient_memory")]
    public async Task Load_NoRoomForTwoCopies_IsRefusedAndTheOldServesOn()
    {
        await using ServiceFactory factory = Service();
        HttpClient client = await factory.CreateReadyClientAsync();
        string version = Path.Combine(repository.Path, "a", "2");
        repository.WithFake("a", "2");
        await File.WriteAllBytesAsync(Path.Combine(version, "weights.bin"), new byte[3 << 20]);
        factory.Model.FreeBytes = 2 << 20;

        JsonElement problem = await (await SendAsync(client, "/v2/repository/models/a/load")).ProblemAsync(409, "insufficient_memory");

        Assert.Contains("3.0 MiB", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains("2.0 MiB are free", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("1", await VersionAsync(client, "/predict?model=a"));
        factory.Model.FreeBytes = long.MaxValue;
        await (await SendAsync(client, "/v2/repository/models/a/load")).JsonAsync();
        Assert.Equal("2", await VersionAsync(client, "/predict?model=a"));
    }

    [Fact]
    [ReachesError("last_model")]
    public async Task Unload_LastModel_IsRefused()
    {
        await using ServiceFactory factory = Service();
        HttpClient client = await factory.CreateReadyClientAsync();
        await (await SendAsync(client, "/v2/repository/models/b/unload")).JsonAsync();

        await (await SendAsync(client, "/v2/repository/models/a/unload")).ProblemAsync(409, "last_model");

        Assert.Equal("1", await VersionAsync(client, "/predict?model=a"));
    }

    [Fact]
    public async Task LoadAndUnload_UnknownModel_IsNotFound()
    {
        await using ServiceFactory factory = Service();
        HttpClient client = await factory.CreateReadyClientAsync();

        await (await SendAsync(client, "/v2/repository/models/c/load")).ProblemAsync(404, "unknown_model");
        await (await SendAsync(client, "/v2/repository/models/c/unload")).ProblemAsync(404, "unknown_model");
        await (await SendAsync(client, "/v2/repository/models/..%2Fa/load")).ProblemAsync(404, "unknown_model");
    }

    [Theory]
    [InlineData("{", 400, "malformed_json")]
    [InlineData("[]", 400, "malformed_json")]
    [InlineData("""{"parameters":{"config":"{}"}}""", 501, "unsupported_protocol_feature")]
    [InlineData("""{"parameters":{"file:1/model.onnx":"AAAA"}}""", 501, "unsupported_protocol_feature")]
    public async Task Load_BodyThatIsNotServed_IsRefused(string body, int status, string code)
    {
        await using ServiceFactory factory = Service();
        HttpClient client = await factory.CreateReadyClientAsync();

        await (await SendAsync(client, "/v2/repository/models/a/load", body: body)).ProblemAsync(status, code);
    }

    private static string[] Rows(JsonElement index) =>
    [
        .. index.EnumerateArray().Select(row => $"{row.GetProperty("name").GetString()} {row.GetProperty("version").GetString()} {row.GetProperty("state").GetString()}"),
    ];

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string address, string? key = AdminKey, string? body = null)
    {
        HttpRequestMessage request = new(HttpMethod.Post, new Uri(address, UriKind.Relative)) { Content = body is null ? null : new StringContent(body) };
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return client.SendAsync(request);
    }

    private static async Task<string?> VersionAsync(HttpClient client, string address) =>
        (await (await client.PostAsync(address, Pictures.Raw(Pictures.Gray(7)))).JsonAsync()).GetProperty("model").GetProperty("version").GetString();

    private static Task<string> MetricsAsync(HttpClient client) => client.GetStringAsync(new Uri("/metrics", UriKind.Relative));

    private static async Task WaitAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Yield();
        }
    }

    private ServiceFactory Service(params (string, string)[] settings) => new([("Models:Path", repository.Path), ("Security:AdminKeys:0", AdminKey), .. settings]);
}
