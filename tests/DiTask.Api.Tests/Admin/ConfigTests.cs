using System.Net;
using System.Text.Json;
using DiTask.Api.Hosting;

namespace DiTask.Api.Tests.Admin;

public sealed class ConfigTests : IAsyncDisposable
{
    private const string AdminKey = "admin-key-of-the-tests-00";
    private const string PredictKey = "predict-key-of-the-tests-1";

    private readonly ServiceFactory factory = new(
        ("Security:AdminKeys:0", AdminKey), ("Security:PredictKeys:0", PredictKey), ("Limits:MaxImages", "5"), ("Limits:Deadline", "00:00:07"));

    public ValueTask DisposeAsync() => factory.DisposeAsync();

    [Fact]
    public async Task Config_AdminKey_HasEveryOptionInForceAndNoSecret()
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        HttpResponseMessage response = await GetAsync(client, AdminKey);

        JsonElement[] options = [.. (await response.JsonAsync()).GetProperty("options").EnumerateArray()];
        Assert.Equal(OptionCatalogue.All.Select(option => option.Name), options.Select(option => option.GetProperty("name").GetString()));
        JsonElement images = Option(options, "Limits:MaxImages");
        Assert.Equal((5, 16, "Limits__MaxImages"), (images.GetProperty("value").GetInt32(), images.GetProperty("default").GetInt32(), images.GetProperty("environmentVariable").GetString()));
        Assert.NotEqual("default", images.GetProperty("source").GetString());
        Assert.Equal("00:00:07", Option(options, "Limits:Deadline").GetProperty("value").GetString());
        Assert.Equal("default", Option(options, "Limits:MaxJsonDepth").GetProperty("source").GetString());
        Assert.Equal("""["***"]""", JsonSerializer.Serialize(Option(options, "Security:AdminKeys").GetProperty("value")));
        Assert.Equal("[]", JsonSerializer.Serialize(Option(options, "Security:AdminKeys").GetProperty("default")));
        Assert.DoesNotContain("key-of-the-tests", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Config_OtherCallers_AreRefused()
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        await (await GetAsync(client, null)).ProblemAsync(401, "unauthenticated");
        await (await GetAsync(client, PredictKey)).ProblemAsync(403, "forbidden");
    }

    [Fact]
    public async Task Config_NoAdminKeys_IsNotThere()
    {
        await using ServiceFactory open = new();

        await (await GetAsync(await open.CreateReadyClientAsync(), AdminKey)).ProblemAsync(404, "not_found");
    }

    private static JsonElement Option(JsonElement[] options, string name) => options.Single(option => option.GetProperty("name").GetString() == name);

    private static async Task<HttpResponseMessage> GetAsync(HttpClient client, string? key)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri("/admin/config", UriKind.Relative));
        if (key is not null)
        {
            request.Headers.Add("X-API-Key", key);
        }

        return await client.SendAsync(request);
    }
}
