using System.Text.Json;

namespace DiTask.Api.Tests.Models;

public sealed class ModelEndpointsTests : IAsyncDisposable
{
    private readonly ServiceFactory factory = new();

    public ValueTask DisposeAsync() => factory.DisposeAsync();

    [Fact]
    public async Task GetTasks_ModelReady_ListsThemInTheModelsOrder()
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        JsonElement[] tasks = [.. (await (await client.GetAsync(new Uri("/tasks", UriKind.Relative))).JsonAsync()).GetProperty("tasks").EnumerateArray()];

        Assert.Equal(["semseg", "normals", "depth", "sal"], tasks.Select(task => task.GetProperty("name").GetString()));
        Assert.Equal(["labels", "vector", "scalar", "scalar"], tasks.Select(task => task.GetProperty("kind").GetString()));
        Assert.Equal(["png/uint8", "png/uint8", "png/uint16", "png/uint16"], tasks.Select(task => task.GetProperty("encoding").GetString()));
        Assert.Equal(21, tasks[0].GetProperty("classes").GetArrayLength());
        Assert.False(tasks[1].TryGetProperty("classes", out _));
        Assert.Equal("m", tasks[2].GetProperty("unit").GetString());
    }

    [Fact]
    public async Task GetModels_ModelReady_DescribesIt()
    {
        HttpClient client = await factory.CreateReadyClientAsync();

        JsonElement list = await (await client.GetAsync(new Uri("/models", UriKind.Relative))).JsonAsync();
        JsonElement model = await (await client.GetAsync(new Uri("/models/fake", UriKind.Relative))).JsonAsync();

        Assert.Equal(model.GetRawText(), Assert.Single(list.GetProperty("models").EnumerateArray().ToArray()).GetRawText());
        Assert.Equal("ready", model.GetProperty("state").GetString());
        Assert.Equal(FakeModel.Size, model.GetProperty("input").GetProperty("size").GetInt32());
        Assert.Equal("untrained: for tests", model.GetProperty("notice").GetString());
    }
}
