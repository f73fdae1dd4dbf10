using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace DiTask.Api.Tests.Predict;

/// <summary>Requests as JSON.</summary>
public sealed class JsonBodyTests : IAsyncDisposable
{
    private readonly ServiceFactory factory = new(("Limits:MaxImages", "3"), ("Limits:MaxImageBytes", "20000"), ("Limits:MaxBodyBytes", "100000"));

    public ValueTask DisposeAsync() => factory.DisposeAsync();

    [Fact]
    public async Task Predict_JsonBody_IsReadLikeAForm()
    {
        string plain = Convert.ToBase64String(Pictures.Gray(50));
        string uri = "data:image/png;base64," + Convert.ToBase64String(Pictures.Gray(60));
        string escaped = Convert.ToBase64String(Pictures.Gray(70)).Replace("/", "\\/", StringComparison.Ordinal);

        JsonElement answer = await (await PostAsync($$"""
            {
              "images": [ { "id": "street", "data": "{{plain}}" }, { "data": "{{uri}}", "url": null }, { "id": "street", "data": "{{escaped}}" } ],
              "tasks": ["depth", "semseg", "depth"],
              "options": { "size": "40x20", "depth_bits": 8, "stats": false, "scores": true, "overlay": 0.5, "strict": null }
            }
            """)).JsonAsync();

        Assert.Equal(["street", "image-1", "image-2"], answer.GetProperty("images").EnumerateArray().Select(image => image.GetProperty("id").GetString()));
        Assert.Equal([5.0, 6.0, 7.0], Enumerable.Range(0, 3).Select(image => answer.Map(image, "depth").GetProperty("offset").GetDouble()));
        Assert.Equal(["depth", "semseg"], answer.GetProperty("images")[0].GetProperty("maps").Names());
        JsonElement depth = answer.Map(1, "depth");
        Assert.Equal(("uint8", 40, 20), (depth.GetProperty("dtype").GetString(), depth.GetProperty("width").GetInt32(), depth.GetProperty("height").GetInt32()));
        Assert.False(depth.TryGetProperty("min", out _));
        Assert.True(depth.TryGetProperty("overlay", out _));
        Assert.True(answer.Map(1, "semseg").TryGetProperty("scores", out _));
    }

    [Fact]
    public async Task Predict_JsonDeeperThanTheLimit_NamesTheOption()
    {
        HttpResponseMessage response = await PostAsync($$"""{ "images": {{new string('[', 16)}}{{new string(']', 16)}} }""");

        string detail = (await response.ProblemAsync(400, "malformed_json")).GetProperty("detail").GetString()!;
        Assert.Contains("at most 16 levels (Limits:MaxJsonDepth)", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_JsonBodyWithoutTasks_AnswersAll()
    {
        JsonElement answer = await (await PostAsync($$"""{ "images": [ { "data": "{{Convert.ToBase64String(Pictures.Gray(50))}}" } ] }""")).JsonAsync();

        Assert.Equal(["semseg", "normals", "depth", "sal"], answer.GetProperty("images")[0].GetProperty("maps").Names());
    }

    [Theory]
    [InlineData("iVBO Rw0", "without white space; found some at character 4")]
    [InlineData("iVBO\\nRw0", "without white space; found some at character 4")]
    [InlineData("iVBO-w0K", "found '-' of the URL-safe alphabet at character 4")]
    [InlineData("data:image/png;base64,iV_ORw0K", "found '_' of the URL-safe alphabet at character 24")]
    [InlineData("iVBORw0", "multiple of 4 characters, filled up with '='; found 7")]
    [InlineData("iV=ORw0K", "'=' only at the end of base64, at most twice; found it at character 2")]
    [InlineData("iVBORw=====", "'=' only at the end")]
    [InlineData("iVB\\u00e9RwK", "found '\u00e9' at character 3")]
    [InlineData("iVB\\u0000RwK", "found U+0000 at character 3")]
    [InlineData("data:image/png,iVBO", "';base64,'; found none")]
    [InlineData("data:image/png;base64", "';base64,'; found none")]
    public async Task Predict_BadBase64_SaysWhatAndWhere(string data, string expected)
    {
        string good = Convert.ToBase64String(Pictures.Gray(50));

        JsonElement problem = await (await PostAsync($$"""{ "images": [ { "data": "{{good}}" }, { "data": "{{data}}" } ] }""")).ProblemAsync(400, "malformed_base64");

        Assert.Contains(expected, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("/images/1/data", Assert.Single(problem.GetProperty("errors").EnumerateArray().ToArray()).GetProperty("pointer").GetString());
    }

    [Fact]
    public async Task Predict_SeveralMistakes_ListsThemAll()
    {
        JsonElement problem = await (await PostAsync("""
            {
              "images": [ { "dta": "AAAA" }, { "data": "A" }, { "data": "AAAA", "url": "https://example.org/a.jpg" } ],
              "task": ["depth"], "size": "source", "tasks": [], "options": { "maps": "gif", "siez": "model" }
            }
            """)).ProblemAsync(400, "unknown_field");

        JsonElement[] errors = [.. problem.GetProperty("errors").EnumerateArray()];
        Assert.Equal(
            [
                ("/images/0/dta", "unknown_field"), ("/images/0", "bad_option"), ("/images/1/data", "malformed_base64"), ("/images/2", "bad_option"),
                ("/task", "unknown_field"), ("/size", "unknown_field"), ("/options/maps", "bad_option"), ("/options/siez", "unknown_field"),
                ("/tasks", "bad_option"),
            ],
            errors.Select(error => (error.GetProperty("pointer").GetString(), error.GetProperty("code").GetString())));
        Assert.Contains("Did you mean 'data'?", Detail(0), StringComparison.Ordinal);
        Assert.Contains("found both", Detail(3), StringComparison.Ordinal);
        Assert.Contains("Did you mean 'tasks'?", Detail(4), StringComparison.Ordinal);
        Assert.Contains("'size' is a member of 'options'", Detail(5), StringComparison.Ordinal);
        Assert.Contains("Did you mean 'size'?", Detail(7), StringComparison.Ordinal);

        string? Detail(int index) => errors[index].GetProperty("detail").GetString();
    }

    [Theory]
    [InlineData("""{ "images": [ { "url": "https://example.org/a.jpg" } ] }""", 422, "url_refused", "/images/0/url")]
    [InlineData("""{ "images": [ { "id": "a" } ] }""", 400, "bad_option", "/images/0")]
    [InlineData("""{ "images": [ "AAAA" ] }""", 400, "bad_option", "/images/0")]
    [InlineData("""{ "images": [ { "data": 1 } ] }""", 400, "bad_option", "/images/0/data")]
    [InlineData("""{ "images": "AAAA" }""", 400, "bad_option", "/images")]
    [InlineData("""{ "images": [] }""", 400, "missing_image", "/images")]
    [InlineData("""{ "images": null }""", 400, "missing_image", "/images")]
    [InlineData("{}", 400, "missing_image", "/images")]
    [InlineData("""{ "images": [ { "data": "AAAA" } ], "tasks": [] }""", 400, "bad_option", "/tasks")]
    [InlineData("""{ "images": [ { "data": "AAAA" } ], "tasks": "depth" }""", 400, "bad_option", "/tasks")]
    [InlineData("""{ "images": [ { "data": "AAAA" } ], "tasks": ["dept"] }""", 400, "unknown_task", "/tasks")]
    [InlineData("""{ "images": [ { "data": "AAAA" } ], "options": [] }""", 400, "bad_option", "/options")]
    public async Task Predict_WrongMember_IsNamed(string body, int status, string code, string place)
    {
        JsonElement problem = await (await PostAsync(body)).ProblemAsync(status, code);

        Assert.Equal(place, Assert.Single(problem.GetProperty("errors").EnumerateArray().ToArray()).GetProperty("pointer").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{} {}")]
    [InlineData("""{ "images": [], "images": [] }""")]
    [InlineData("""{ "images": [ { "data": "\uD800" } ] }""")]
    [InlineData("""{ "\uD800": 1 }""")]
    [InlineData("""{ "options": {"a":[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]} }""")]
    public async Task Predict_NotJson_IsMalformed(string body) => await (await PostAsync(body)).ProblemAsync(400, "malformed_json");

    [Fact]
    public async Task Predict_BytesThatAreNotUtf8_AreMalformed()
    {
        byte[] body = Encoding.UTF8.GetBytes("""{ "images": [ { "id": "??", "data": "AAAA" } ] }""");
        body[body.IndexOf((byte)'?')] = 0xff;

        await (await PostAsync(body)).ProblemAsync(400, "malformed_json");
    }

    [Fact]
    public async Task Predict_JsonCutAnywhere_IsMalformed()
    {
        byte[] body = Encoding.UTF8.GetBytes($$"""{ "images": [ { "id": "a", "data": "{{Convert.ToBase64String(Pictures.Gray(50, 4, 4))}}" } ], "tasks": ["depth"] }""");

        for (int length = 0; length < body.Length; length++)
        {
            await (await PostAsync(body[..length])).ProblemAsync(400, "malformed_json");
        }
    }

    [Fact]
    public async Task Predict_TooManyOrTooLarge_NamesTheLimit()
    {
        string many = string.Join(',', Enumerable.Repeat("""{ "data": "AAAA" }""", 4));
        string large = Convert.ToBase64String(new byte[20_001]);

        JsonElement images = await (await PostAsync($$"""{ "images": [ {{many}} ] }""")).ProblemAsync(413, "too_many_images");
        JsonElement image = await (await PostAsync($$"""{ "images": [ { "data": "{{large}}" } ] }""")).ProblemAsync(413, "image_too_large");
        JsonElement body = await (await PostAsync(new byte[100_001])).ProblemAsync(413, "body_too_large");

        Assert.Contains("at most 3 images, Limits:MaxImages; found 4", images.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains("20000 bytes, Limits:MaxImageBytes; found 20001", image.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains("found 100001", body.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_OneBadImageInJson_FailsAlone()
    {
        string good = Convert.ToBase64String(Pictures.Gray(50));

        JsonElement answer = await (await PostAsync($$"""{ "images": [ { "data": "" }, { "data": "{{good}}" } ], "tasks": ["depth"] }""")).JsonAsync();

        Assert.Equal("image_empty", answer.GetProperty("images")[0].GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(5.0, answer.Map(1, "depth").GetProperty("offset").GetDouble());
    }

    private Task<HttpResponseMessage> PostAsync(string body) => PostAsync(Encoding.UTF8.GetBytes(body));

    private async Task<HttpResponseMessage> PostAsync(byte[] body)
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        ByteArrayContent content = new(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        return await client.PostAsync("/predict", content);
    }
}
