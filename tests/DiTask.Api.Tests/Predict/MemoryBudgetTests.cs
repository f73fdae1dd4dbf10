using DiTask.Api.Predict;
using Microsoft.Extensions.Time.Testing;

namespace DiTask.Api.Tests.Predict;

public class MemoryBudgetTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly FakeTimeProvider time = new();

    [Fact]
    public async Task TryEnter_Full_WaitsForAShare()
    {
        MemoryBudget budget = new(100, Patience, time);
        IDisposable? first = await budget.TryEnterAsync(60, CancellationToken.None);

        Task<IDisposable?> second = budget.TryEnterAsync(50, CancellationToken.None);
        Assert.False(second.IsCompleted);
        first!.Dispose();
        first.Dispose(); // A second time gives nothing back.

        Assert.NotNull(await second);
        Assert.False(budget.TryEnterAsync(60, CancellationToken.None).IsCompleted);
    }

    [Fact]
    public async Task TryEnter_FullForTooLong_IsRefused()
    {
        MemoryBudget budget = new(100, Patience, time);
        await budget.TryEnterAsync(100, CancellationToken.None);
        Task<IDisposable?> second = budget.TryEnterAsync(1, CancellationToken.None);

        time.Advance(Patience);

        Assert.Null(await second);
    }

    [Fact]
    public async Task TryEnter_LargeOneGivesUp_SmallOneBehindItEnters()
    {
        MemoryBudget budget = new(100, Patience, time);
        await budget.TryEnterAsync(60, CancellationToken.None);
        using CancellationTokenSource caller = new();
        Task<IDisposable?> large = budget.TryEnterAsync(100, caller.Token);
        Task<IDisposable?> small = budget.TryEnterAsync(40, CancellationToken.None);
        Assert.False(small.IsCompleted);

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large);
        Assert.NotNull(await small);
    }
}
