using System.Net;
using DiTask.Api.Security;

namespace DiTask.Api.Tests.Security;

public sealed class CorsTests : IAsyncDisposable
{
    private const string Origin = "https://maps.example.org";
    private const string Key = "a-key-of-the-tests-00";

    private readonly ServiceFactory factory = new(("Security:CorsOrigins:0", Origin), ("Security:PredictKeys:0", Key));

    public ValueTask DisposeAsync() => factory.DisposeAsync();

    [Fact]
    public async Task Preflight_NamedOrigin_IsAllowedWithoutAKey()
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        HttpResponseMessage response = await PreflightAsync(client, Origin);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(Origin, Header(response, "Access-Control-Allow-Origin"));
        Assert.Contains("X-API-Key", Header(response, "Access-Control-Allow-Headers"), StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    [Theory]
    [InlineData("https://other.example.org")]
    [InlineData("http://maps.example.org")]
    [InlineData("https://maps.example.org:8443")]
    [InlineData("https://maps.example.org.evil.org")]
    [InlineData("null")]
    public async Task Preflight_OtherOrigins_AreNotAllowed(string origin)
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        Assert.False((await PreflightAsync(client, origin)).Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Predict_NamedOrigin_MayReadAnswersAndRefusals()
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        HttpResponseMessage refused = await PredictAsync(client, null);
        HttpResponseMessage answered = await PredictAsync(client, Key);

        await refused.ProblemAsync(401, "unauthenticated");
        Assert.Equal(Origin, Header(refused, "Access-Control-Allow-Origin"));
        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
        Assert.Equal(Origin, Header(answered, "Access-Control-Allow-Origin"));
        Assert.All(
            (string[])["X-Request-Id", "Server-Timing", "X-Batch-Images", "X-Model-Version", "X-Model-Digest", "Retry-After"],
            name => Assert.Contains(name, Header(answered, "Access-Control-Expose-Headers"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Predict_NoOriginsNamed_AllowsNobody()
    {
        await using ServiceFactory closed = new();
        HttpClient client = await closed.CreateReadyClientAsync();

        Assert.False((await PredictAsync(client, null)).Headers.Contains("Access-Control-Allow-Origin"));
        Assert.False((await PreflightAsync(client, Origin)).Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("*", "is '*'; an origin is")]
    [InlineData("maps.example.org", "an origin is")]
    [InlineData("file:///etc", "an origin is")]
    [InlineData("https://maps.example.org/", "this origin is 'https://maps.example.org'")]
    [InlineData("https://Maps.example.org", "this origin is 'https://maps.example.org'")]
    [InlineData("https://maps.example.org:443", "this origin is 'https://maps.example.org'")]
    [InlineData("https://maps.example.org/page?x", "this origin is 'https://maps.example.org'")]
    [InlineData("https://*.example.org", "an origin is")]
    public void Validate_OriginThatNoBrowserSends_SaysHowItIsWritten(string origin, string expected)
    {
        SecurityOptions options = new();
        options.CorsOrigins.Add(origin);

        string failure = Assert.Single(new SecurityOptionsValidator().Validate(null, options).Failures ?? []);
        Assert.StartsWith("Security:CorsOrigins:0 is ", failure, StringComparison.Ordinal);
        Assert.Contains(expected, failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://maps.example.org")]
    [InlineData("http://localhost:3000")]
    [InlineData("http://[::1]:3000")]
    public void Validate_Origins_AreTaken(string origin)
    {
        SecurityOptions options = new();
        options.CorsOrigins.Add(origin);

        Assert.True(new SecurityOptionsValidator().Validate(null, options).Succeeded);
    }

    private static string Header(HttpResponseMessage response, string name) => string.Join(',', response.Headers.GetValues(name));

    private static Task<HttpResponseMessage> PreflightAsync(HttpClient client, string origin)
    {
        HttpRequestMessage request = new(HttpMethod.Options, new Uri("/predict", UriKind.Relative));
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "x-api-key,content-type");
        return client.SendAsync(request);
    }

    private static Task<HttpResponseMessage> PredictAsync(HttpClient client, string? key)
    {
        HttpRequestMessage request = new(HttpMethod.Post, new Uri("/predict?tasks=depth", UriKind.Relative)) { Content = Pictures.Raw(Pictures.Gray(20)) };
        request.Headers.Add("Origin", Origin);
        if (key is not null)
        {
            request.Headers.Add("X-API-Key", key);
        }

        return client.SendAsync(request);
    }
}
