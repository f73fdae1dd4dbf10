using System.Net;
using DiTask.Api.Metrics;
using DiTask.Api.Problems;
using DiTask.Api.Security;
using DiTask.Api.Tests.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;

namespace DiTask.Api.Tests.Security;

public class AdminKeyTests
{
    private const string PredictKey = "predict-key-of-the-tests-1";
    private const string AdminKey = "admin-key-of-the-tests-00";
    private const string BothKey = "key-for-both-of-the-tests";

    private static readonly string[] WithKeys =
    [
        "--Security:PredictKeys:0", PredictKey, "--Security:PredictKeys:1", BothKey, "--Security:AdminKeys:0", AdminKey, "--Security:AdminKeys:1", BothKey,
    ];

    [Fact]
    public async Task Admin_NoKeysSet_IsNotThere()
    {
        await using WebApplication app = await StartAsync(["--Security:PredictKeys:0", PredictKey]);

        await (await GetAsync(app, "/admin", null)).ProblemAsync(404, "not_found");
        await (await GetAsync(app, "/admin", PredictKey)).ProblemAsync(404, "not_found");
        await (await GetAsync(app, "/admin", AdminKey)).ProblemAsync(404, "not_found");
    }

    [Fact]
    [ReachesError("unauthenticated")]
    [ReachesError("forbidden")]
    public async Task Admin_KeysOfEachGroup_OpenOnlyTheirs()
    {
        await using WebApplication app = await StartAsync(WithKeys);

        await (await GetAsync(app, "/admin", null)).ProblemAsync(401, "unauthenticated");
        await (await GetAsync(app, "/admin", "some-unknown-key-1234")).ProblemAsync(401, "unauthenticated");
        await (await GetAsync(app, "/admin", PredictKey)).ProblemAsync(403, "forbidden");
        await (await GetAsync(app, "/predict", AdminKey)).ProblemAsync(403, "forbidden");
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(app, "/admin", AdminKey)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(app, "/predict", PredictKey)).StatusCode);
    }

    [Fact]
    public async Task Admin_KeyInBothLists_OpensBoth()
    {
        await using WebApplication app = await StartAsync(WithKeys);

        Assert.Equal(HttpStatusCode.OK, (await GetAsync(app, "/admin", BothKey)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(app, "/predict", BothKey)).StatusCode);
    }

    private static async Task<WebApplication> StartAsync(string[] settings)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(settings);
        builder.WebHost.UseTestServer();
        builder.Services.AddProblems();
        builder.Services.AddSecurity();
        WebApplication app = builder.Build();
        app.UseProblems();
        app.UseSecurity();
        app.MapGet("/admin", () => Results.Ok()).RequireAdmin();
        app.MapGet("/predict", () => Results.Ok()).RequirePredictKey();
        await app.StartAsync();
        return app;
    }

    private static async Task<HttpResponseMessage> GetAsync(WebApplication app, string path, string? key)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (key is not null)
        {
            request.Headers.Add("Authorization", "Bearer " + key);
        }

        return await app.GetTestClient().SendAsync(request);
    }
}
