using System.Text.Json;
using DiTask.Api.Models;
using DiTask.Api.Predict.Contract;

namespace DiTask.Api.Tests.Predict;

/// <summary>Member <c>cost</c>: the fake says 8 ms for the trunk and 1 ms for each branch, whatever the rows.</summary>
public sealed class CostTests : IAsyncDisposable
{
    private readonly ServiceFactory factory = new();

    public ValueTask DisposeAsync() => factory.DisposeAsync();

    [Fact]
    public async Task Predict_OneImage_CostsItsWholeRun()
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        JsonElement answer = await (await client.PostAsync("/predict?tasks=depth,semseg", Pictures.Raw(Pictures.Gray(10)))).JsonAsync();

        Assert.Equal("""{"trunkMs":8,"tasks":{"depth":1,"semseg":1},"separateModelsMs":18}""", answer.GetProperty("cost").GetRawText());
    }

    [Fact]
    public async Task Predict_SharedRun_CostsItsShareOfEachPart()
    {
        HttpClient client = await factory.CreateReadyClientAsync();
        Task<HttpResponseMessage> first = await factory.SendBlockedAsync(client);
        Task<HttpResponseMessage> pair = client.PostAsync("/predict?tasks=depth", Pictures.Form(("a", Pictures.Gray(1)), ("b", Pictures.Gray(2))));
        await factory.WaitForQueueAsync(2);
        Task<HttpResponseMessage> other = client.PostAsync("/predict?tasks=depth,sal", Pictures.Raw(Pictures.Gray(3)));
        await factory.WaitForQueueAsync(3);
        factory.Model.Gate.Set();

        await (await first).JsonAsync();
        JsonElement two = (await (await pair).JsonAsync()).GetProperty("cost");
        JsonElement one = (await (await other).JsonAsync()).GetProperty("cost");

        Assert.Equal("""{"trunkMs":5.33,"tasks":{"depth":0.67},"separateModelsMs":6}""", two.GetRawText());
        Assert.Equal("""{"trunkMs":2.67,"tasks":{"depth":0.33,"sal":1},"separateModelsMs":6.67}""", one.GetRawText());
        string metrics = await client.GetStringAsync("/metrics");
        Assert.Contains("ditask_task_seconds_total{model=\"fake\",task=\"depth\"} 0.002\n", metrics, StringComparison.Ordinal);
        Assert.Contains("ditask_task_seconds_total{model=\"fake\",task=\"sal\"} 0.001\n", metrics, StringComparison.Ordinal);
        Assert.Contains("ditask_task_seconds_total{model=\"fake\",task=\"normals\"} 0\n", metrics, StringComparison.Ordinal);
    }

    /// <summary>The example of the contract: three tasks from one trunk.</summary>
    [Fact]
    public void Of_ContractsExample_AddsUp()
    {
        RunShare share = new(
            TimeSpan.FromMilliseconds(23.5),
            new Dictionary<string, TimeSpan>
            {
                ["semseg"] = TimeSpan.FromMilliseconds(6.1),
                ["depth"] = TimeSpan.FromMilliseconds(5.8),
                ["normals"] = TimeSpan.FromMilliseconds(5.6),
            });

        Assert.Equal(88.0, CostAnswer.Of([share], ["semseg", "depth", "normals"]).SeparateModelsMs);
        Assert.Equal(2 * 23.5 + 6.1 + 5.8, CostAnswer.Of([share], ["semseg", "depth"]).SeparateModelsMs, 9);
        Assert.Equal(47, CostAnswer.Of([share, share], ["depth"]).TrunkMs);
    }
}
