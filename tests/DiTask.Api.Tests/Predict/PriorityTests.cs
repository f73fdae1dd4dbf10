using System.Text.Json;

namespace DiTask.Api.Tests.Predict;

/// <summary>Option <c>priority</c> in every form of request.</summary>
public sealed class PriorityTests : IAsyncDisposable
{
    private readonly ServiceFactory factory = new(("Batching:Sizes", "1"));

    public ValueTask DisposeAsync() => factory.DisposeAsync();

    [Theory]
    [InlineData("query")]
    [InlineData("field")]
    [InlineData("part")]
    [InlineData("json")]
    public async Task Predict_BulkThenInteractive_InteractiveRunsFirst(string form)
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        Task<HttpResponseMessage> first = await factory.SendBlockedAsync(client);
        Task<HttpResponseMessage> bulk = SendBulk(client, form);
        await factory.WaitForQueueAsync(1);
        Task<HttpResponseMessage> interactive = client.PostAsync("/predict?tasks=depth", Pictures.Raw(Pictures.Gray(2)));
        await factory.WaitForQueueAsync(2);

        factory.Model.Gate.Set();

        await (await first).JsonAsync();
        await (await interactive).JsonAsync();
        await (await bulk).JsonAsync();
        Assert.Equal([100, 2, 1], factory.Model.Levels.TakeLast(3));
        string metrics = await client.GetStringAsync("/metrics");
        Assert.Contains("ditask_queue_wait_seconds_count{model=\"fake\",priority=\"bulk\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("ditask_queue_wait_seconds_count{model=\"fake\",priority=\"interactive\"} 2\n", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_UnknownPriority_NamesTheKnownOnes()
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        JsonElement problem = await (await client.PostAsync("/predict?priority=urgent", Pictures.Raw(Pictures.Gray(1)))).ProblemAsync(400, "bad_option");

        Assert.Contains("Option 'priority' is interactive or bulk; found 'urgent'.", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> SendBulk(HttpClient client, string form)
    {
        byte[] picture = Pictures.Gray(1);
        return form switch
        {
            "query" => client.PostAsync("/predict?tasks=depth&priority=bulk", Pictures.Raw(picture)),
            "field" => client.PostAsync("/predict", Pictures.Form(("a", picture)).With("priority", "bulk")),
            "part" => client.PostAsync("/predict", Pictures.Form(("a", picture)).With("options", """{ "priority": "bulk" }""")),
            _ => client.PostAsync("/predict", new StringContent(
                $$"""{ "images": [{ "data": "{{Convert.ToBase64String(picture)}}" }], "options": { "priority": "bulk" } }""", null, "application/json")),
        };
    }
}
