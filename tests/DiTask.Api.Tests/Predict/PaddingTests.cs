using System.Text.Json;

namespace DiTask.Api.Tests.Predict;

/// <summary>Runs that have more rows than images, and fewer.</summary>
public sealed class PaddingTests
{
    [Fact]
    public async Task Predict_FillingUpIsFaster_OneRunWithARowMore()
    {
        await using ServiceFactory factory = new();
        HttpClient client = await factory.CreateReadyClientAsync();

        JsonElement answer = await (await client.PostAsync("/predict", Pictures.Form(("a", Pictures.Gray(10)), ("b", Pictures.Gray(20)), ("c", Pictures.Gray(30))))).JsonAsync();

        Assert.Equal((3, 1), Batch(answer));
        Assert.Equal(4, factory.Model.LatestCount);
        Assert.Equal([1.0, 2, 3], Enumerable.Range(0, 3).Select(image => Math.Round(answer.Map(image, "depth").GetProperty("min").GetDouble(), 4)));
        Assert.Contains("ditask_batch_padding_images_total{model=\"fake\"} 1\n", await client.GetStringAsync("/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_SplittingIsFaster_RunsOfAllowedSizes()
    {
        await using ServiceFactory factory = new();
        factory.Model.TrunkTime = count => TimeSpan.FromMilliseconds(100 * count);
        HttpClient client = await factory.CreateReadyClientAsync();
        int before = factory.Model.Runs;

        JsonElement answer = await (await client.PostAsync("/predict", Pictures.Form(("a", Pictures.Gray(10)), ("b", Pictures.Gray(20)), ("c", Pictures.Gray(30))))).JsonAsync();

        Assert.Equal((2, 0), Batch(answer));
        Assert.Equal(before + 2, factory.Model.Runs);
        Assert.Equal([1.0, 2, 3], Enumerable.Range(0, 3).Select(image => Math.Round(answer.Map(image, "depth").GetProperty("min").GetDouble(), 4)));
    }

    [Fact]
    public async Task Predict_MixedTasksFilledUp_EachBranchRunsForTheRowsThatAsked()
    {
        await using ServiceFactory factory = new();
        HttpClient client = await factory.CreateReadyClientAsync();
        Task<HttpResponseMessage> first = await factory.SendBlockedAsync(client);
        Task<HttpResponseMessage>[] mixed =
        [
            await QueueAsync("depth", 1),
            await QueueAsync("semseg,depth", 2),
            await QueueAsync("depth", 3),
        ];
        factory.Model.Gate.Set();

        await (await first).JsonAsync();
        JsonElement[] answers = [await (await mixed[0]).JsonAsync(), await (await mixed[1]).JsonAsync(), await (await mixed[2]).JsonAsync()];
        Assert.All(answers, answer => Assert.Equal((3, 1), Batch(answer)));
        Assert.Equal([1], factory.Model.LatestRows["semseg"]);
        Assert.Equal([0, 1, 2, 3], factory.Model.LatestRows["depth"]); // All images asked: the added row is cheaper than choosing the others.
        Assert.Equal(["semseg", "depth"], answers[1].GetProperty("images")[0].GetProperty("maps").Names());
        Assert.Equal(0.2, answers[1].Map(0, "depth").GetProperty("min").GetDouble(), 4);
        Assert.Equal(["depth"], answers[2].GetProperty("images")[0].GetProperty("maps").Names());

        async Task<Task<HttpResponseMessage>> QueueAsync(string tasks, byte level)
        {
            Task<HttpResponseMessage> sent = client.PostAsync($"/predict?tasks={tasks}", Pictures.Raw(Pictures.Gray(level)));
            await factory.WaitForQueueAsync(level);
            return sent;
        }
    }

    [Fact]
    public async Task Predict_AlwaysFilledUp_EveryGraphHasTheLargestSize()
    {
        await using ServiceFactory factory = new(("Batching:Sizes", "1,4"), ("Batching:Padding", "always"));
        factory.Model.TrunkTime = count => TimeSpan.FromMilliseconds(100 * count);
        HttpClient client = await factory.CreateReadyClientAsync();

        JsonElement answer = await (await client.PostAsync("/predict?tasks=depth,sal", Pictures.Raw(Pictures.Gray(10)))).JsonAsync();

        Assert.Equal((1, 3), Batch(answer));
        Assert.Equal(4, factory.Model.LatestCount);
        Assert.All(factory.Model.LatestRows.Values, rows => Assert.Equal([0, 1, 2, 3], rows));
        Assert.Equal(1, answer.Map(0, "depth").GetProperty("min").GetDouble(), 4);
    }

    private static (int Images, int Padded) Batch(JsonElement answer)
    {
        JsonElement batch = answer.GetProperty("batch");
        return (batch.GetProperty("images").GetInt32(), batch.GetProperty("padded").GetInt32());
    }
}
