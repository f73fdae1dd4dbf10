using System.Net;
using DiTask.Api.Web;
using DiTask.Tests;

namespace DiTask.Api.Tests.Web;

public sealed class WebTests : IAsyncDisposable
{
    private static readonly string Samples = Path.Combine(Fixture.Repository, "models", "samples");

    private readonly ServiceFactory factory = new(("Web:Samples", Samples));

    public ValueTask DisposeAsync() => factory.DisposeAsync();

    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/main.js", "text/javascript")]
    [InlineData("/style.css", "text/css")]
    [InlineData("/icon.svg", "image/svg+xml")]
    public async Task Page_AnyOfItsFiles_ComesWithTheHeadersOfThePage(string path, string mediaType)
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        HttpResponseMessage response = await GetAsync(client, path);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(mediaType, response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(SecurityHeaders.PagePolicy, response.Headers.GetValues("Content-Security-Policy").Single());
        Assert.DoesNotContain("unsafe", SecurityHeaders.PagePolicy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", SecurityHeaders.PagePolicy, StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
        Assert.True(response.Headers.CacheControl?.NoCache);
        Assert.NotNull(response.Headers.ETag);
    }

    [Theory]
    [InlineData("/swagger/index.html", SecurityHeaders.SwaggerPolicy)]
    [InlineData("/tasks", SecurityHeaders.AnswerPolicy)]
    [InlineData("/nothing-here", SecurityHeaders.AnswerPolicy)]
    public async Task Answers_OutsideThePage_HaveAPolicyOfTheirOwn(string path, string policy)
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        HttpResponseMessage response = await GetAsync(client, path);

        Assert.Equal(policy, response.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task Page_AskedAgainWithItsTag_IsNotModified()
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        HttpResponseMessage first = await GetAsync(client, "/style.css");
        using HttpRequestMessage again = new(HttpMethod.Get, "/style.css");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        HttpResponseMessage second = await client.SendAsync(again);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task Page_ItsSources_NameNoOtherHostAndNoInlineCode()
    {
        foreach (string file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "wwwroot")))
        {
            string text = (await File.ReadAllTextAsync(file)).Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal);
            Assert.DoesNotContain("://", text, StringComparison.Ordinal);
            Assert.DoesNotContain("innerHTML", text, StringComparison.Ordinal);
            Assert.DoesNotContain(" style=", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Samples_OfTheFolder_AreListedAndServed()
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        string[] names = [.. (await (await GetAsync(client, "/samples")).JsonAsync()).GetProperty("samples").EnumerateArray().Select(name => name.GetString()!)];
        HttpResponseMessage picture = await GetAsync(client, "/samples/street.jpg");

        Assert.Equal(["people.jpg", "road.jpg", "room.jpg", "street.jpg"], names);
        Assert.Equal("image/jpeg", picture.Content.Headers.ContentType?.MediaType);
        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(Samples, "street.jpg")), await picture.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("/samples/../README.md")]
    [InlineData("/samples/%2e%2e/README.md")]
    [InlineData("/samples/..%2fREADME.md")]
    [InlineData("/samples/manifest.json")]
    public async Task Samples_AnythingElse_IsNotFound(string path)
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        HttpResponseMessage response = await GetAsync(client, path);

        await response.ProblemAsync(404, "not_found");
    }

    [Fact]
    public async Task Samples_FolderWithAConfigurationBesidePictures_ServesOnlyPictures()
    {
        await using ServiceFactory other = new(("Web:Samples", Path.Combine(Fixture.Repository, "tests", "Fixtures", "images")));
        HttpClient client = await other.CreateReadyClientAsync();

        HttpResponseMessage text = await GetAsync(client, "/samples/README.md");
        string list = await client.GetStringAsync(new Uri("/samples", UriKind.Relative));

        await text.ProblemAsync(404, "not_found");
        Assert.DoesNotContain("README", list, StringComparison.Ordinal);
        Assert.DoesNotContain(".gif", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Root_PageSwitchedOff_LeadsToSwagger()
    {
        await using ServiceFactory other = new(("Web:Enabled", "false"));
        HttpClient client = await other.CreateReadyClientAsync();

        HttpResponseMessage root = await GetAsync(client, "/");
        HttpResponseMessage script = await GetAsync(client, "/main.js");

        Assert.Equal("/swagger", root.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.NotFound, script.StatusCode);
    }

    [Fact]
    public async Task Contract_SwitchedOff_IsNotThere()
    {
        await using ServiceFactory other = new(("OpenApi:Enabled", "false"), ("Web:Enabled", "false"));
        HttpClient client = await other.CreateReadyClientAsync();

        Assert.All(
            await Task.WhenAll(((string[])["/", "/swagger", "/swagger/index.html", "/openapi/v1.json"]).Select(path => GetAsync(client, path))),
            response => Assert.Equal(HttpStatusCode.NotFound, response.StatusCode));
    }

    [Fact]
    public void Validate_SamplesFolderThatIsNone_SaysWhich()
    {
        string missing = Path.Combine(Samples, "missing");

        Assert.Equal($"Web:Samples is '{missing}', which is no folder.", new WebOptionsValidator().Validate(null, new WebOptions { Samples = missing }).FailureMessage);
        Assert.True(new WebOptionsValidator().Validate(null, new WebOptions()).Succeeded);
    }

    private static Task<HttpResponseMessage> GetAsync(HttpClient client, string path) => client.GetAsync(new Uri(path, UriKind.Relative));
}
