using System.Text;
using DiTask.Api.Models;
using DiTask.Api.Predict;
using DiTask.Tests;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using static DiTask.Api.Tests.OpenInference.InferBodies;

namespace DiTask.Api.Tests.Problems;

/// <summary>Code to a request that is answered with it.</summary>
internal static class ErrorScenarios
{
    private const string Infer = "/v2/models/fake/infer";

    private const int StalledBytes = 1000;

    private static readonly byte[] Image = Pictures.Gray(50);

    private static readonly string StalledHead =
        $"POST /predict HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: image/png\r\nContent-Length: {StalledBytes}\r\n\r\n";

    public static IReadOnlyDictionary<string, ErrorScenario> All { get; } = new Dictionary<string, ErrorScenario>
    {
        ["malformed_json"] = Post(() => Json("{")),
        ["malformed_base64"] = Post(() => Json("""{"images":[{"data":"AA A"}]}""")),
        ["malformed_multipart"] = Post(() => Typed("garbage", "multipart/form-data; boundary=abc")),
        ["malformed_request"] = Post(() => Encoded("gzip")),
        ["unknown_field"] = Post(() => Pictures.Raw(Image), "/predict?siez=source"),
        ["unknown_task"] = Post(() => Pictures.Raw(Image), "/predict?tasks=dept"),
        ["bad_option"] = Post(() => Pictures.Raw(Image), "/predict?maps=gif"),
        ["missing_image"] = Post(() => Pictures.Form().With("tasks", "depth")),
        ["bad_timeout"] = WithHeader("X-Request-Timeout", "soon"),
        ["bad_binary_header"] = Post(() => Binary("{}", [], "3"), Infer) with { Status = 400 },
        ["bad_tensor"] = Post(() => Json("{}"), Infer),
        ["unknown_model"] = Post(() => Json("{}"), "/v2/models/none/infer"),
        ["unknown_version"] = Post(() => Json("{}"), "/v2/models/fake/versions/99/infer"),
        ["not_found"] = Get("/nothing"),
        ["method_not_allowed"] = Get("/predict"),
        ["not_acceptable"] = WithHeader("Accept", "text/html"),
        ["body_too_slow"] = new ErrorScenario(SendSlowlyAsync) { StartAsync = StartImpatientServerAsync },
        ["body_too_large"] = Post(() => Pictures.Raw(new byte[4001])) with { Settings = [("Limits:MaxBodyBytes", "4000"), ("Limits:MaxImageBytes", "2000")] },
        ["image_too_large"] = Post(() => Pictures.Raw(new byte[2001])) with { Settings = [("Limits:MaxImageBytes", "2000")] },
        ["too_many_pixels"] = Post(() => Pictures.Raw(Pictures.Gray(1, 40, 40))) with { Settings = [("Limits:MaxImagePixels", "1500")] },
        ["too_many_images"] = Post(() => Pictures.Form(("a", Image), ("b", Image))) with { Settings = [("Limits:MaxImages", "1")] },
        ["uri_too_long"] = Post(() => Pictures.Raw(Image), "/predict?tasks=" + new string('x', 9000)) with { StartAsync = StartServerAsync },
        ["headers_too_large"] = WithHeader("X-Large", new string('x', 40_000)) with { StartAsync = StartServerAsync },
        ["unsupported_media_type"] = Post(() => Typed("{}", "text/json")),
        ["unsupported_content_encoding"] = Post(() => Encoded("br")),
        ["unsupported_image_format"] = Post(() => Pictures.Raw(File.ReadAllBytes(Fixture.Path("images", "gif-animated.gif")))),
        ["image_undecodable"] = Post(() => Pictures.Raw(Image[..^30])),
        ["image_empty"] = Post(() => Pictures.Raw([])),
        ["url_refused"] = Post(() => Json("""{"images":[{"url":"https://example.org/a.jpg"}]}""")),
        ["images_failed"] = Post(() => Pictures.Form(("a", [1, 2]), ("b", []))),
        ["queue_full"] = Busy((_, client) => client.PostAsync("/predict", Pictures.Form(("a", Image), ("b", Image), ("c", Image)))) with
        {
            Settings = [("Batching:QueueCapacity", "2"), ("Batching:Sizes", "1")],
        },
        ["deadline_unreachable"] = Busy(AskTooMuchAsync) with { Settings = [("Batching:Sizes", "1")] },
        ["memory_budget"] = new ErrorScenario(FillMemoryAsync)
        {
            Settings = [("Limits:DecodeMemoryBytes", "2100000"), ("Limits:MaxImagePixels", "300000"), ("Limits:DecodeMemoryWait", "00:00:00")],
        },
        ["internal"] = Post(() => Pictures.Raw(Pictures.Gray(FakeModel.MisfitLevel))),
        ["inference_failed"] = Post(() => Pictures.Raw(Pictures.Gray(FakeModel.PoisonLevel))),
        ["unsupported_protocol_feature"] = Post(() => Json("""{"parameters":{"sequence_id":1}}"""), Infer),
        ["loading"] = new ErrorScenario((_, client) => client.PostAsync("/predict", Pictures.Raw(Image)))
        {
            StartAsync = factory =>
            {
                factory.Model.OpenGate.Reset();
                return Task.FromResult(factory.CreateClient());
            },
            EndAsync = LetLoadAsync,
        },
        ["warming"] = new ErrorScenario((_, client) => client.PostAsync("/predict", Pictures.Raw(Image)))
        {
            StartAsync = async factory =>
            {
                factory.Model.Gate.Reset();
                HttpClient client = factory.CreateClient();
                await factory.Model.Started.WaitAsync();
                return client;
            },
            EndAsync = LetLoadAsync,
        },
        ["model_failed"] = new ErrorScenario((_, client) => client.PostAsync("/predict", Pictures.Raw(Image)))
        {
            StartAsync = async factory =>
            {
                factory.Model.OpenFailure = new InvalidDataException("/secret/place is broken");
                HttpClient client = factory.CreateClient();
                await (factory.Services.GetRequiredService<ModelHost>().ExecuteTask ?? Task.CompletedTask);
                return client;
            },
        },
        ["deadline_exceeded"] = Busy(async (_, client) =>
        {
            using HttpRequestMessage request = new(HttpMethod.Post, "/predict") { Content = Pictures.Raw(Image) };
            request.Headers.Add("X-Request-Timeout", "0.05");
            return await client.SendAsync(request);
        }),
    };

    private static ErrorScenario Post(Func<HttpContent> content, string address = "/predict") => new((_, client) => client.PostAsync(address, content()));

    private static ErrorScenario Get(string address) => new((_, client) => client.GetAsync(new Uri(address, UriKind.Relative)));

    private static ErrorScenario WithHeader(string name, string value) => new(async (_, client) =>
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/predict") { Content = Pictures.Raw(Image) };
        request.Headers.TryAddWithoutValidation(name, value);
        return await client.SendAsync(request);
    });

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static ByteArrayContent Typed(string text, string type)
    {
        ByteArrayContent content = new(Encoding.ASCII.GetBytes(text));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return content;
    }

    private static HttpContent Encoded(string encoding)
    {
        HttpContent content = Pictures.Raw(Image);
        content.Headers.ContentEncoding.Add(encoding);
        return content;
    }

    /// <summary>A real server: the test server has no limits of its own.</summary>
    private static Task<HttpClient> StartServerAsync(ServiceFactory factory)
    {
        factory.UseKestrel(0);
        return factory.CreateReadyClientAsync();
    }

    /// <summary>A real server that gives up on a body after little more than a second.</summary>
    private static Task<HttpClient> StartImpatientServerAsync(ServiceFactory factory)
    {
        factory.UseKestrel(server =>
        {
            server.Listen(System.Net.IPAddress.Loopback, 0);
            server.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 1_000_000, gracePeriod: TimeSpan.FromSeconds(1.1));
        });
        return factory.CreateReadyClientAsync();
    }

    /// <summary>Sends the first byte of a body and no other until the answer is there.</summary>
    private static async Task<HttpResponseMessage> SendSlowlyAsync(ServiceFactory factory, HttpClient client)
    {
        using RawConnection connection = await RawConnection.OpenAsync(client);
        await connection.SendAsync(StalledHead + "\u0089");
        return await connection.ReadAsync();
    }

    /// <summary>Asks for an answer within a second of a model that takes ten.</summary>
    private static Task<HttpResponseMessage> AskTooMuchAsync(ServiceFactory factory, HttpClient client)
    {
        factory.Services.GetRequiredService<ModelHost>().FindOpened("fake", null).Batcher.Calibrate(new Dictionary<int, TimeSpan> { [1] = TimeSpan.FromSeconds(10) });
        return WithHeader("X-Request-Timeout", "1").SendAsync(factory, client);
    }

    private static async Task<HttpResponseMessage> FillMemoryAsync(ServiceFactory factory, HttpClient client)
    {
        using IDisposable? share = await factory.Services.GetRequiredService<MemoryBudget>().TryEnterAsync(2_099_999, CancellationToken.None);
        return await client.PostAsync("/predict", Pictures.Raw(Image));
    }

    /// <summary>Sends a request while another one holds the model.</summary>
    private static ErrorScenario Busy(Func<ServiceFactory, HttpClient, Task<HttpResponseMessage>> send) => new(async (factory, client) =>
    {
        Task<HttpResponseMessage> running = await factory.SendBlockedAsync(client);
        HttpResponseMessage response = await send(factory, client);
        factory.Model.Gate.Set();
        await (await running).JsonAsync();
        return response;
    });

    private static async Task LetLoadAsync(ServiceFactory factory)
    {
        factory.Model.OpenGate.Set();
        factory.Model.Gate.Set();
        await (factory.Services.GetRequiredService<ModelHost>().ExecuteTask ?? Task.CompletedTask);
    }
}
