using System.Globalization;
using System.Net;
using System.Text.Json;
using DiTask.Api.Models;
using Microsoft.Extensions.DependencyInjection;

namespace DiTask.Api.Tests.Models;

/// <summary>Several models and versions side by side.</summary>
public sealed class SeveralModelsTests : IDisposable
{
    private readonly RepositoryFolder repository = new RepositoryFolder().WithFake("a", "9").WithFake("a", "10").WithFake("b", "1");

    public void Dispose() => repository.Dispose();

    [Fact]
    public async Task Predict_ModelAndVersion_AreThoseAskedFor()
    {
        await using ServiceFactory factory = Service(("Models:Versions", "all"), ("Models:Default", "b"));
        HttpClient client = await factory.CreateReadyClientAsync();

        Assert.Equal(("b", "1"), await AnsweredByAsync(client, "/predict"));
        Assert.Equal(("a", "10"), await AnsweredByAsync(client, "/predict?model=a"));
        Assert.Equal(("a", "9"), await AnsweredByAsync(client, "/predict?model=a&version=9&tasks=depth"));
        Assert.Equal(("b", "1"), await AnsweredByAsync(client, "/predict?version=1"));
    }

    [Fact]
    public async Task Predict_EveryBody_TakesTheModelFromTheQuery()
    {
        await using ServiceFactory factory = Service(("Models:Default", "b"));
        HttpClient client = await factory.CreateReadyClientAsync();
        byte[] picture = Pictures.Gray(7);
        StringContent json = new($$"""{"images":[{"data":"{{Convert.ToBase64String(picture)}}"}]}""", null, "application/json");

        foreach (HttpContent body in (HttpContent[])[Pictures.Raw(picture), Pictures.Form(("x", picture)), json])
        {
            JsonElement answer = await (await client.PostAsync("/predict?model=a&maps=none", body)).JsonAsync();

            Assert.Equal("a", answer.GetProperty("model").GetProperty("name").GetString());
        }
    }

    [Fact]
    public async Task Predict_UnknownModelOrVersion_ListsTheKnownOnes()
    {
        await using ServiceFactory factory = Service(("Models:Versions", "all"), ("Models:Default", "b"));
        HttpClient client = await factory.CreateReadyClientAsync();

        JsonElement model = await (await client.PostAsync("/predict?model=c", Pictures.Raw(Pictures.Gray(1)))).ProblemAsync(404, "unknown_model");
        JsonElement version = await (await client.PostAsync("/predict?model=a&version=11", Pictures.Raw(Pictures.Gray(1)))).ProblemAsync(404, "unknown_version");
        JsonElement twice = await (await client.PostAsync("/predict?model=a&model=b", Pictures.Raw(Pictures.Gray(1)))).ProblemAsync(400, "bad_option");

        Assert.EndsWith("known: a, b.", model.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("Model 'a' has no version '11'; known: 9, 10.", version.GetProperty("detail").GetString());
        Assert.Contains("'model'", twice.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_SeveralModelsAndNoDefault_SaysToNameOne()
    {
        await using ServiceFactory factory = Service();
        HttpClient client = await factory.CreateReadyClientAsync();

        JsonElement problem = await (await client.PostAsync("/predict", Pictures.Raw(Pictures.Gray(1)))).ProblemAsync(404, "unknown_model");

        Assert.Contains("?model=", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(("a", "10"), await AnsweredByAsync(client, "/predict?model=a"));
    }

    [Fact]
    public async Task Models_LatestOnly_LoadsTheHighestNumber()
    {
        await using ServiceFactory factory = Service();
        await factory.CreateReadyClientAsync();

        Assert.Equal([("a", "10"), ("b", "1")], factory.Model.Opened.Select(source => (source.Name!, source.Version!)));
    }

    [Fact]
    public async Task GetModels_SeveralVersions_ListsThemAll()
    {
        await using ServiceFactory factory = Service(("Models:Versions", "all"), ("Models:Default", "b"));
        HttpClient client = await factory.CreateReadyClientAsync();

        JsonElement[] models = [.. (await GetAsync(client, "/models")).GetProperty("models").EnumerateArray()];
        JsonElement nine = await GetAsync(client, "/models/a?version=9");

        Assert.Equal(["a", "b"], models.Select(model => model.GetProperty("name").GetString()));
        Assert.Equal([false, true], models.Select(model => model.GetProperty("default").GetBoolean()));
        Assert.Equal("10", models[0].GetProperty("version").GetString());
        Assert.Equal(["9 ready", "10 ready"], models[0].GetProperty("versions").EnumerateArray().Select(
            version => $"{version.GetProperty("version").GetString()} {version.GetProperty("state").GetString()}"));
        Assert.Equal("9", nine.GetProperty("version").GetString());
    }

    [Fact]
    public async Task GetTasks_OfAModel_AreIts()
    {
        await using ServiceFactory factory = Service();
        HttpClient client = await factory.CreateReadyClientAsync();

        Assert.Equal(4, (await GetAsync(client, "/tasks?model=a")).GetProperty("tasks").GetArrayLength());
        await (await client.GetAsync(new Uri("/tasks?model=c", UriKind.Relative))).ProblemAsync(404, "unknown_model");
        await (await client.GetAsync(new Uri("/tasks?model=a&version=1", UriKind.Relative))).ProblemAsync(404, "unknown_version");
    }

    [Fact]
    public async Task Protocol_SeveralVersions_AreAddressedEach()
    {
        await using ServiceFactory factory = Service(("Models:Versions", "all"));
        HttpClient client = await factory.CreateReadyClientAsync();

        Assert.Equal("""{"models":["a","a_tensor","b","b_tensor"]}""", (await GetAsync(client, "/v2/models")).GetRawText());
        Assert.Equal("""["9","10"]""", (await GetAsync(client, "/v2/models/a")).GetProperty("versions").GetRawText());
        using ByteArrayContent picture = new(Pictures.Gray(7));
        picture.Headers.Add("Inference-Header-Content-Length", "0");
        HttpResponseMessage answer = await client.PostAsync("/v2/models/a/versions/9/infer", picture);
        string body = await answer.Content.ReadAsStringAsync();
        Assert.Contains("\"model_name\":\"a\",\"model_version\":\"9\"", body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/v2/models/a_tensor/versions/10/ready", UriKind.Relative))).StatusCode);
        await (await client.GetAsync(new Uri("/v2/models/a/versions/8", UriKind.Relative))).ProblemAsync(404, "unknown_version");
    }

    [Fact]
    public async Task Start_OneOfSeveralFails_OthersServeAndTheServiceIsNotReady()
    {
        await using ServiceFactory factory = Service();
        factory.Model.IsBroken = source => source.Name == "a";
        HttpClient client = factory.CreateClient();
        await (factory.Services.GetRequiredService<ModelHost>().ExecuteTask ?? Task.CompletedTask);

        JsonElement ready = await (await client.GetAsync(new Uri("/readyz", UriKind.Relative))).JsonAsync(HttpStatusCode.ServiceUnavailable);

        Assert.Equal(
            """{"live":true,"ready":false,"state":"failed","models":[{"name":"a","ready":false},{"name":"b","ready":true}]}""", ready.GetRawText());
        await (await client.GetAsync(new Uri("/livez", UriKind.Relative))).JsonAsync();
        await (await client.GetAsync(new Uri("/startupz", UriKind.Relative))).JsonAsync();
        await (await client.GetAsync(new Uri("/v2/health/ready", UriKind.Relative))).JsonAsync(HttpStatusCode.ServiceUnavailable);
        Assert.Equal(("b", "1"), await AnsweredByAsync(client, "/predict?model=b"));
        await (await client.PostAsync("/predict?model=a", Pictures.Raw(Pictures.Gray(1)))).ProblemAsync(503, "model_failed");
        JsonElement a = await GetAsync(client, "/models/a");
        Assert.Equal(("failed", "10"), (a.GetProperty("state").GetString(), a.GetProperty("version").GetString()));
        Assert.DoesNotContain("/secret", a.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_AllFail_IsNotLive()
    {
        await using ServiceFactory factory = Service();
        factory.Model.OpenFailure = new InvalidDataException("/secret/place is broken");
        HttpClient client = factory.CreateClient();
        await (factory.Services.GetRequiredService<ModelHost>().ExecuteTask ?? Task.CompletedTask);

        await (await client.GetAsync(new Uri("/livez", UriKind.Relative))).JsonAsync(HttpStatusCode.ServiceUnavailable);
        await (await client.GetAsync(new Uri("/startupz", UriKind.Relative))).JsonAsync(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Predict_SeveralModelsBusy_TakeTurnsOnTheDevice()
    {
        await using ServiceFactory factory = Service(("Batching:Sizes", "1"), ("Batching:QueueCapacity", "64"));
        HttpClient client = await factory.CreateReadyClientAsync();
        factory.Model.Levels.Clear();
        factory.Model.Hold();
        Task<HttpResponseMessage>[] a = [.. Enumerable.Range(0, 6).Select(_ => PredictAsync(client, "a", 1))];
        await factory.Model.Started.WaitAsync();
        await WaitAsync(() => Waiting(factory, "a") == 5);
        Task<HttpResponseMessage>[] b = [.. Enumerable.Range(0, 3).Select(_ => PredictAsync(client, "b", 2))];
        await WaitAsync(() => Waiting(factory, "b") == 3);
        factory.Model.Gate.Set();
        Assert.All(await Task.WhenAll([.. a, .. b]), answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));

        // One of each in turn, though five of the first model waited before the second came.
        Assert.Equal([1, 2, 1, 2, 1, 2, 1, 1, 1], factory.Model.Levels);
        Assert.Equal(1, factory.Model.MostAtOnce);
    }

    [Fact]
    public async Task Metrics_SeveralModels_HaveTheirOwnSeries()
    {
        await using ServiceFactory factory = Service();
        HttpClient client = await factory.CreateReadyClientAsync();
        await PredictAsync(client, "a", 1);

        string text = await client.GetStringAsync(new Uri("/metrics", UriKind.Relative));

        Assert.Contains("ditask_model_ready{model=\"a\"} 1", text, StringComparison.Ordinal);
        Assert.Contains("ditask_model_ready{model=\"b\"} 1", text, StringComparison.Ordinal);
        Assert.Contains("ditask_images_total{model=\"a\",result=\"ok\"} 1", text, StringComparison.Ordinal);
        Assert.Contains("ditask_images_total{model=\"b\",result=\"ok\"} 0", text, StringComparison.Ordinal);
        Assert.Contains("ditask_model_reloads_total{model=\"b\",result=\"failed\"} 0", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Statistics_BothProtocols_CountImagesAndRunsExactly()
    {
        await using ServiceFactory factory = Service(("Models:Versions", "all"));
        HttpClient client = await factory.CreateReadyClientAsync();
        await (await client.PostAsync("/predict?model=a&version=9", Pictures.Form(("x", Pictures.Gray(1)), ("y", Pictures.Gray(2)), ("z", Pictures.Gray(3))))).JsonAsync();
        await (await client.PostAsync("/predict?model=a&version=9&size=wrong", Pictures.Raw(Pictures.Gray(1)))).ProblemAsync(400, "bad_option");
        using ByteArrayContent picture = new(Pictures.Gray(7));
        picture.Headers.Add("Inference-Header-Content-Length", "0");
        Assert.Equal(HttpStatusCode.OK, (await client.PostAsync("/v2/models/a/versions/9/infer", picture)).StatusCode);

        JsonElement nine = (await GetAsync(client, "/v2/models/a/versions/9/stats")).GetProperty("model_stats")[0];
        JsonElement all = (await GetAsync(client, "/v2/models/a/stats")).GetProperty("model_stats");

        // Three images are runs of two and one, or one run that is filled up: as the warm-up's times say.
        long runs = await RunsAsync(client, "a");
        Assert.Equal((4, runs), (nine.GetProperty("inference_count").GetInt64(), nine.GetProperty("execution_count").GetInt64()));
        JsonElement times = nine.GetProperty("inference_stats");
        Assert.Equal((2, 1), (times.GetProperty("success").GetProperty("count").GetInt32(), times.GetProperty("fail").GetProperty("count").GetInt32()));
        Assert.All(
            (string[])["success", "fail", "queue", "compute_input", "compute_infer", "compute_output", "cache_hit", "cache_miss"],
            name => Assert.True(times.GetProperty(name).GetProperty("ns").GetInt64() >= 0));
        Assert.All((string[])["queue", "compute_input", "compute_infer", "compute_output"], name => Assert.Equal(2, times.GetProperty(name).GetProperty("count").GetInt32()));
        Assert.Equal(["9", "10"], all.EnumerateArray().Select(version => version.GetProperty("version").GetString()));
        Assert.Equal(0, all[1].GetProperty("inference_count").GetInt32());
    }

    private static async Task<long> RunsAsync(HttpClient client, string model)
    {
        string line = (await client.GetStringAsync(new Uri("/metrics", UriKind.Relative))).Split('\n')
            .Single(line => line.StartsWith($"ditask_batches_total{{model=\"{model}\",result=\"ok\"}}", StringComparison.Ordinal));
        return long.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
    }

    private static Task<HttpResponseMessage> PredictAsync(HttpClient client, string model, int level) =>
        client.PostAsync($"/predict?tasks=depth&maps=none&model={model}", Pictures.Raw(Pictures.Gray(level)));

    private static async Task<(string?, string?)> AnsweredByAsync(HttpClient client, string address)
    {
        HttpResponseMessage response = await client.PostAsync(address, Pictures.Raw(Pictures.Gray(7)));
        JsonElement model = (await response.JsonAsync()).GetProperty("model");
        Assert.Equal(model.GetProperty("version").GetString(), response.Headers.GetValues("X-Model-Version").Single());
        return (model.GetProperty("name").GetString(), model.GetProperty("version").GetString());
    }

    private static async Task<JsonElement> GetAsync(HttpClient client, string address) => await (await client.GetAsync(new Uri(address, UriKind.Relative))).JsonAsync();

    private static int Waiting(ServiceFactory factory, string model) => factory.Services.GetRequiredService<ModelHost>().FindOpened(model, null).Batcher.Count;

    private static async Task WaitAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Yield();
        }
    }

    private ServiceFactory Service(params (string, string)[] settings) => new([("Models:Path", repository.Path), .. settings]);
}
