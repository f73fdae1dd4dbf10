using DiTask.Api.Batching;

namespace DiTask.Api.Tests.Batching;

public sealed class LaneTests : IDisposable
{
    private readonly Lane lane = new();

    public void Dispose() => lane.Dispose();

    [Fact]
    public async Task Enter_SeveralWait_GetTheirTurnsInOrder()
    {
        IDisposable first = await lane.EnterAsync(CancellationToken.None);
        Task<IDisposable> second = lane.EnterAsync(CancellationToken.None);
        Task<IDisposable> third = lane.EnterAsync(CancellationToken.None);

        Assert.False(second.IsCompleted);
        first.Dispose();
        IDisposable turn = await second;
        Assert.False(third.IsCompleted);
        turn.Dispose();
        (await third).Dispose();
    }

    [Fact]
    public async Task Enter_OneLeavesTheLine_TheNextMovesUp()
    {
        using CancellationTokenSource leaving = new();
        IDisposable first = await lane.EnterAsync(CancellationToken.None);
        Task<IDisposable> second = lane.EnterAsync(leaving.Token);
        Task<IDisposable> third = lane.EnterAsync(CancellationToken.None);

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        first.Dispose();

        (await third).Dispose();
    }

    [Fact]
    public async Task Dispose_Twice_EndsOneTurnOnly()
    {
        IDisposable first = await lane.EnterAsync(CancellationToken.None);
        first.Dispose();
        first.Dispose();

        IDisposable second = await lane.EnterAsync(CancellationToken.None);
        Task<IDisposable> third = lane.EnterAsync(CancellationToken.None);

        Assert.False(third.IsCompleted);
        second.Dispose();
        (await third).Dispose();
    }
}
