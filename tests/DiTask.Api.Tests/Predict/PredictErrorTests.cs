using System.Net;
using System.Text;
using System.Text.Json;
using DiTask.Tests;

namespace DiTask.Api.Tests.Predict;

/// <summary>Every error that a request can meet, each as a problem document.</summary>
public sealed class PredictErrorTests : IAsyncDisposable
{
    private readonly ServiceFactory factory = new(("Limits:MaxImagePixels", "1200000"), ("Limits:MaxImages", "3"), ("Limits:MaxImageBytes", "1000000"), ("Limits:MaxBodyBytes", "2000000"));

    public ValueTask DisposeAsync() => factory.DisposeAsync();

    [Fact]
    public async Task Predict_SeveralBadOptions_ListsThemAll()
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        HttpResponseMessage response = await client.PostAsync(
            "/predict?tasks=semsge,depth&size=big&maps=jpg&depth_bits=12&normals_bits=7&overlay=2&scores=yes&stats=1&strikt=true&strict=true&strict=false",
            Pictures.Raw(Pictures.Gray(1)));

        JsonElement problem = await response.ProblemAsync(400, "unknown_task");
        JsonElement[] errors = [.. problem.GetProperty("errors").EnumerateArray()];
        Assert.Equal(
            ["unknown_task", "bad_option", "bad_option", "bad_option", "bad_option", "bad_option", "bad_option", "bad_option", "unknown_field", "bad_option"],
            errors.Select(error => error.GetProperty("code").GetString()));
        Assert.Equal("/query/tasks", errors[0].GetProperty("pointer").GetString());
        Assert.Contains("Did you mean 'semseg'?", errors[0].GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains("Did you mean 'strict'?", errors[8].GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains("more than once", errors[9].GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_EverythingWrongInJson_ListsImagesTasksOptionsAndTimeout()
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        client.DefaultRequestHeaders.Add("X-Request-Timeout", "soon");
        const string Body = """
            { "images": [ { "data": "AA A" }, { "url": "https://example.org" }, { "date": "AAAA" } ], "tasks": ["dept"], "options": { "size": "big", "siez": 1 }, "more": 1 }
            """;

        HttpResponseMessage response = await client.PostAsync("/predict", new StringContent(Body, Encoding.UTF8, "application/json"));

        JsonElement problem = await response.ProblemAsync(400, "malformed_base64");
        Assert.Equal(
            ["/images/0/data", "/images/1/url", "/images/2/date", "/images/2", "/more", "/headers/X-Request-Timeout", "/tasks", "/options/size", "/options/siez"],
            problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString()));
    }

    [Fact]
    public async Task Predict_NoImageAndBadTimeout_ListsBoth()
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        client.DefaultRequestHeaders.Add("X-Request-Timeout", "-1");

        JsonElement problem = await (await client.PostAsync("/predict", Pictures.Form().With("maps", "gif"))).ProblemAsync(400, "missing_image");

        Assert.Equal(["missing_image", "bad_timeout", "bad_option"], problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Predict_EmptyTasks_IsAnError()
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        JsonElement problem = await (await client.PostAsync("/predict?tasks=", Pictures.Raw(Pictures.Gray(1)))).ProblemAsync(400, "bad_option");

        Assert.Contains("'tasks' is empty", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_EmptyFormFields_AreNotGiven()
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        using MultipartFormDataContent form = Pictures.Form(("a.png", Pictures.Gray(1))).With("tasks", "").With("size", "").With("options", "");
        form.Add(Pictures.Raw([]), "image"); // A file that nobody chose.

        JsonElement answer = await (await client.PostAsync("/predict", form)).JsonAsync();

        Assert.Equal(1, answer.GetProperty("images").GetArrayLength());
    }

    [Fact]
    public async Task Predict_NoImage_IsMissingImageBesideTheOtherProblems()
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        JsonElement problem = await (await client.PostAsync("/predict", Pictures.Form().With("maps", "gif"))).ProblemAsync(400, "missing_image");

        Assert.Equal(["missing_image", "bad_option"], problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("{ not json")]
    [InlineData("[1]")]
    [InlineData("""{ "size": "model", "size": "source" }""")]
    [InlineData("""{ "size": { "a": { "b": { "c": { "d": 1 } } } } }""")]
    public async Task Predict_BadOptionsPart_IsMalformedJson(string options)
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        await (await client.PostAsync("/predict", Pictures.Form(("a.png", Pictures.Gray(1))).With("options", options))).ProblemAsync(400, "malformed_json");
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=abc", "--abc\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a\"\r\n\r\nxyz")]
    [InlineData("multipart/form-data; boundary=abc", "garbage without any boundary")]
    [InlineData("multipart/form-data; boundary=abc", "")]
    [InlineData("multipart/form-data; boundary=abc", "--abc\r\nX-No-Disposition: 1\r\n\r\nxyz\r\n--abc--\r\n")]
    [InlineData("multipart/form-data; boundary=abc", "--abc\r\nno colon in this header\r\n\r\nxyz\r\n--abc--\r\n")]
    [InlineData("multipart/form-data", "--abc--")]
    public async Task Predict_BrokenMultipart_IsMalformed(string type, string body)
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        using HttpContent content = new ByteArrayContent(Encoding.ASCII.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        await (await client.PostAsync("/predict", content)).ProblemAsync(400, "malformed_multipart");
    }

    [Fact]
    public async Task Predict_TooManyFields_IsMalformed()
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        MultipartFormDataContent form = Pictures.Form(("a.png", Pictures.Gray(1)));
        for (int i = 0; i < 100; i++)
        {
            form.With("x", "y");
        }

        await (await client.PostAsync("/predict", form)).ProblemAsync(400, "malformed_multipart");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("soon")]
    [InlineData("NaN")]
    public async Task Predict_BadTimeout_IsNamed(string timeout)
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        client.DefaultRequestHeaders.Add("X-Request-Timeout", timeout);

        await (await client.PostAsync("/predict", Pictures.Raw(Pictures.Gray(1)))).ProblemAsync(400, "bad_timeout");
    }

    [Fact]
    public async Task AnyAddress_Unknown_IsNotFound()
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        await (await client.GetAsync(new Uri("/nothing", UriKind.Relative))).ProblemAsync(404, "not_found");
        await (await client.GetAsync(new Uri("/models/other", UriKind.Relative))).ProblemAsync(404, "unknown_model");
    }

    [Fact]
    public async Task Predict_Get_IsNotAllowed()
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        HttpResponseMessage response = await client.GetAsync(new Uri("/predict", UriKind.Relative));

        await response.ProblemAsync(405, "method_not_allowed");
        Assert.Equal(["POST"], response.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("/predict?tasks=depth", "text/html", new[] { "application/json", "application/zip", "multipart/mixed", "image/png", "application/x-npy" })]
    [InlineData("/predict", "image/png", new[] { "application/json", "application/zip", "multipart/mixed" })]
    [InlineData("/predict?tasks=depth&overlay=true", "image/png", new[] { "application/json", "application/zip", "multipart/mixed" })]
    [InlineData("/predict?tasks=depth&maps=npy", "image/png", new[] { "application/json", "application/zip", "multipart/mixed", "application/x-npy" })]
    [InlineData("/predict?tasks=depth&maps=f16", "application/zip;q=0", new[] { "application/json", "application/zip", "multipart/mixed" })]
    public async Task Predict_NothingAcceptable_ListsWhatThisRequestSupports(string address, string accept, string[] supported)
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        int before = factory.Model.Runs;
        client.DefaultRequestHeaders.Add("Accept", accept);

        JsonElement problem = await (await client.PostAsync(address, Pictures.Raw(Pictures.Gray(1)))).ProblemAsync(406, "not_acceptable");

        Assert.Equal(supported, problem.GetProperty("supported").EnumerateArray().Select(type => type.GetString()));
        Assert.Equal(before, factory.Model.Runs);
    }

    [Fact]
    public async Task Predict_AnswerTooLargeForJson_IsRefusedBeforeItRuns()
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        int before = factory.Model.Runs;

        JsonElement problem = await (await client.PostAsync("/predict?size=3000x3000&maps=f32", Pictures.Raw(Pictures.Gray(1)))).ProblemAsync(406, "not_acceptable");

        Assert.Contains("Limits:MaxJsonBytes", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(before, factory.Model.Runs);
    }

    [Fact]
    public async Task Predict_BodyTooLarge_NamesTheLimit()
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        JsonElement problem = await (await client.PostAsync("/predict", Pictures.Raw(new byte[2_000_001]))).ProblemAsync(413, "body_too_large");

        Assert.Contains("2000000 bytes, Limits:MaxBodyBytes; found 2000001", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_ImageTooLarge_NamesTheLimit()
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        JsonElement problem = await (await client.PostAsync("/predict", Pictures.Raw(new byte[1_000_001]))).ProblemAsync(413, "image_too_large");

        Assert.Contains("1000000 bytes, Limits:MaxImageBytes; found 1000001", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_TooManyPixels_NamesTheLimitAndDecodesNothing()
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        JsonElement problem = await (await client.PostAsync("/predict", Pictures.Raw(Pictures.Gray(1, 1201, 1000)))).ProblemAsync(413, "too_many_pixels");

        Assert.Contains("1200000 pixels, Limits:MaxImagePixels; found 1201x1000", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_MapTooLarge_NamesTheLimit()
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        JsonElement problem = await (await client.PostAsync("/predict?size=60000x60000", Pictures.Raw(Pictures.Gray(1)))).ProblemAsync(413, "too_many_pixels");

        Assert.Contains("Limits:MaxMapPixels; found 60000x60000", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_TooManyImages_NamesTheLimit()
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        byte[] image = Pictures.Gray(1);

        JsonElement problem = await (await client.PostAsync("/predict", Pictures.Form(("1", image), ("2", image), ("3", image), ("4", image)))).ProblemAsync(413, "too_many_images");

        Assert.Contains("at most 3 images, Limits:MaxImages", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/json")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task Predict_OtherBody_IsUnsupported(string? type)
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        using HttpContent content = new ByteArrayContent([1, 2, 3]);
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        HttpResponseMessage response = await client.PostAsync("/predict", content);

        await response.ProblemAsync(415, "unsupported_media_type");
        Assert.Contains("multipart/form-data", response.Headers.GetValues("Accept").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gif-animated.gif", 415, "unsupported_image_format")]
    [InlineData("make.py", 415, "unsupported_image_format")]
    public async Task Predict_OtherFormat_IsDecidedByItsBytes(string file, int status, string code)
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        HttpResponseMessage response = await client.PostAsync("/predict", Pictures.Raw(File.ReadAllBytes(Fixture.Path("images", file)), "image/png"));

        await response.ProblemAsync(status, code);
    }

    [Fact]
    public async Task Predict_TruncatedImage_IsUndecodable()
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        byte[] image = Pictures.Gray(1);

        await (await client.PostAsync("/predict", Pictures.Raw(image[..^30]))).ProblemAsync(422, "image_undecodable");
    }

    [Fact]
    public async Task Predict_EmptyImage_IsNamed()
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        await (await client.PostAsync("/predict", Pictures.Raw([]))).ProblemAsync(422, "image_empty");
    }

    [Fact]
    public async Task Predict_OneBadImage_FailsAloneWith200()
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        byte[] good = Pictures.Gray(50);

        JsonElement answer = await (await client.PostAsync("/predict?tasks=depth", Pictures.Form(("a", good), ("b", good[..^30]), ("c", new byte[1_000_001])))).JsonAsync();

        JsonElement[] images = [.. answer.GetProperty("images").EnumerateArray()];
        Assert.Equal(5.0, answer.Map(0, "depth").GetProperty("offset").GetDouble(), 6);
        Assert.False(images[1].TryGetProperty("maps", out _));
        Assert.Equal(["type", "title", "status", "code", "detail"], images[1].GetProperty("error").Names());
        Assert.Equal("image_undecodable", images[1].GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(24, images[1].GetProperty("source").GetProperty("width").GetInt32());
        Assert.Equal("image_too_large", images[2].GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Predict_OneBadImageAndStrict_FailsTheRequest()
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        byte[] good = Pictures.Gray(50);

        JsonElement problem = await (await client.PostAsync("/predict?strict=true", Pictures.Form(("a", good), ("b", good[..^30])))).ProblemAsync(422, "image_undecodable");

        Assert.Equal("/images/1", Assert.Single(problem.GetProperty("errors").EnumerateArray().ToArray()).GetProperty("pointer").GetString());
    }

    [Fact]
    public async Task Predict_AllImagesBadAlike_HasTheirCommonStatus()
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        JsonElement problem = await (await client.PostAsync("/predict", Pictures.Form(("a", [1, 2]), ("b", [3, 4])))).ProblemAsync(415, "unsupported_image_format");

        Assert.Equal(2, problem.GetProperty("errors").GetArrayLength());
    }

    [Fact]
    public async Task Predict_AllImagesBadDifferently_Is422()
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        JsonElement problem = await (await client.PostAsync("/predict", Pictures.Form(("a", [1, 2]), ("b", [])))).ProblemAsync(422, "images_failed");

        Assert.Equal(
            ["unsupported_image_format", "image_empty"], problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Predict_ModelFailsOnOneImage_NeighboursAreAnswered()
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        JsonElement answer = await (await client.PostAsync(
            "/predict?tasks=depth", Pictures.Form(("good", Pictures.Gray(50)), ("poison", Pictures.Gray(FakeModel.PoisonLevel))))).JsonAsync();

        Assert.Equal(5.0, answer.Map(0, "depth").GetProperty("offset").GetDouble(), 6);
        JsonElement error = answer.GetProperty("images")[1].GetProperty("error");
        Assert.Equal((500, "inference_failed"), (error.GetProperty("status").GetInt32(), error.GetProperty("code").GetString()));
        await (await client.PostAsync("/predict", Pictures.Raw(Pictures.Gray(FakeModel.PoisonLevel)))).ProblemAsync(500, "inference_failed");
    }

    [Fact]
    public async Task Predict_EveryProblemType_HasAPage()
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        foreach (DiTask.Api.Problems.ErrorCode code in Enum.GetValues<DiTask.Api.Problems.ErrorCode>())
        {
            DiTask.Api.Problems.ErrorKind kind = DiTask.Api.Problems.ErrorCatalogue.Describe(code);
            JsonElement page = await (await client.GetAsync(new Uri(kind.Type, UriKind.Relative))).JsonAsync();
            Assert.Equal((kind.Code, kind.Status), (page.GetProperty("code").GetString(), page.GetProperty("status").GetInt32()));
        }

        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(new Uri("/problems/none", UriKind.Relative))).StatusCode);
    }
}
