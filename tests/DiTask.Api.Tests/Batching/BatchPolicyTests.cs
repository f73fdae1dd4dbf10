using DiTask.Api.Batching;

namespace DiTask.Api.Tests.Batching;

public class BatchPolicyTests
{
    private const int Largest = 4;

    private static readonly TimeSpan TwoMilliseconds = TimeSpan.FromMilliseconds(2);
    private static readonly BatchSizes Sizes = BatchSizes.Parse("1,2,4,8");

    [Fact]
    public void WaitBudget_Default_IsZero() =>
        Assert.Equal(TimeSpan.Zero, BatchPolicy.WaitBudget(count: 1, oldestAge: TimeSpan.Zero, Largest, new BatchingOptions().MaxQueueDelay));

    [Fact]
    public void WaitBudget_OldestPastMaxQueueDelay_IsZero() =>
        Assert.Equal(TimeSpan.Zero, BatchPolicy.WaitBudget(count: 1, oldestAge: TimeSpan.FromMilliseconds(3), Largest, TwoMilliseconds));

    [Fact]
    public void WaitBudget_OldestYoung_IsWhatIsLeftOfTheDelay() =>
        Assert.Equal(TimeSpan.FromMilliseconds(1.5), BatchPolicy.WaitBudget(count: 3, oldestAge: TimeSpan.FromMilliseconds(0.5), Largest, TwoMilliseconds));

    [Fact]
    public void WaitBudget_FullBatch_IsZero() =>
        Assert.Equal(TimeSpan.Zero, BatchPolicy.WaitBudget(count: 4, oldestAge: TimeSpan.Zero, Largest, TwoMilliseconds));

    /// <summary>A run costs as much as its rows: a row more is never worth it.</summary>
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 2, 2)]
    [InlineData(3, 2, 2)]
    [InlineData(5, 4, 4)]
    [InlineData(7, 4, 4)]
    [InlineData(8, 8, 8)]
    [InlineData(20, 8, 8)]
    public void Plan_TimeGrowsWithRows_Splits(int waiting, int count, int size) =>
        Assert.Equal(new BatchPlan(count, size), BatchPolicy.Plan(waiting, Sizes, BatchPadding.Auto, Times(10, 20, 40, 80)));

    /// <summary>A run costs the same whatever its size: one run is always better than two.</summary>
    [Theory]
    [InlineData(3, 3, 4)]
    [InlineData(4, 4, 4)]
    [InlineData(5, 5, 8)]
    [InlineData(9, 8, 8)]
    public void Plan_TimeDoesNotGrow_FillsUp(int waiting, int count, int size) =>
        Assert.Equal(new BatchPlan(count, size), BatchPolicy.Plan(waiting, Sizes, BatchPadding.Auto, Times(10, 10, 10, 10)));

    /// <summary>20 + 5 per row: 3 as 4 is 40 against 30 + 25; 5 as 8 is 60 against 40 + 25; 7 as 8 is 60 against 40 + 3 as 4.</summary>
    [Theory]
    [InlineData(3, 3, 4)]
    [InlineData(5, 5, 8)]
    [InlineData(7, 7, 8)]
    public void Plan_TimeHasAFixedPart_ComparesTheSums(int waiting, int count, int size) =>
        Assert.Equal(new BatchPlan(count, size), BatchPolicy.Plan(waiting, Sizes, BatchPadding.Auto, Times(25, 30, 40, 60)));

    /// <summary>7 as 8 is 905; 4 and 2 and 1 are 910, but 4 and 3 filled up to 4 are 900.</summary>
    [Fact]
    public void Plan_RestWouldBeFilledUp_CountsThat() =>
        Assert.Equal(new BatchPlan(4, 4), BatchPolicy.Plan(7, Sizes, BatchPadding.Auto, Times(150, 310, 450, 905)));

    [Fact]
    public void Plan_EqualCost_Splits() =>
        Assert.Equal(new BatchPlan(2, 2), BatchPolicy.Plan(3, Sizes, BatchPadding.Auto, Times(10, 20, 30, 80)));

    [Fact]
    public void Plan_NothingMeasured_Splits() =>
        Assert.Equal(new BatchPlan(2, 2), BatchPolicy.Plan(3, Sizes, BatchPadding.Auto, new Dictionary<int, TimeSpan>()));

    [Fact]
    public void Plan_Never_SplitsWhateverItCosts() =>
        Assert.Equal(new BatchPlan(4, 4), BatchPolicy.Plan(7, Sizes, BatchPadding.Never, Times(10, 10, 10, 10)));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 5)]
    [InlineData(30, 8)]
    public void Plan_Always_HasTheLargestSize(int waiting, int count) =>
        Assert.Equal(new BatchPlan(count, 8), BatchPolicy.Plan(waiting, Sizes, BatchPadding.Always, Times(10, 20, 40, 80)));

    /// <summary>Whatever the table says, a run has an allowed size and its items fit.</summary>
    [Fact]
    public void Plan_AnyTable_IsARunThatIsAllowed()
    {
        Random random = new(7);
        for (int round = 0; round < 500; round++)
        {
            IReadOnlyDictionary<int, TimeSpan> times = Times(random.Next(1, 50), random.Next(1, 50), random.Next(1, 50), random.Next(1, 50));
            for (int waiting = 1; waiting <= 12; waiting++)
            {
                BatchPlan plan = BatchPolicy.Plan(waiting, Sizes, BatchPadding.Auto, times);

                Assert.Contains(plan.Size, Sizes.All);
                Assert.InRange(plan.Count, 1, Math.Min(plan.Size, waiting));
                Assert.True(plan.Count == plan.Size || plan.Count == waiting, "A run is filled up only when it takes all that wait.");
            }
        }
    }

    /// <summary>8 images in 0.1 s are 80 a second: 72 of them fit in front of a run that ends after 1 s.</summary>
    [Theory]
    [InlineData(1000, 100, 8, 72)]
    [InlineData(1000, 1000, 8, 16)]
    [InlineData(100, 1000, 8, 16)]
    [InlineData(120_000, 1, 16, 4096)]
    public void Capacity_TargetLatency_IsWhatCanBeAnsweredInIt(int targetMs, int runMs, int largest, int expected) =>
        Assert.Equal(expected, BatchPolicy.Capacity(TimeSpan.FromMilliseconds(targetMs), largest, TimeSpan.FromMilliseconds(runMs)));

    [Fact]
    public void Throughput_FirstRun_IsThatOfTheRun() => Assert.Equal(8, BatchPolicy.Throughput(0, 4, TimeSpan.FromSeconds(0.5)), 9);

    [Fact]
    public void Throughput_LaterRun_MovesAQuarterOfTheWay() => Assert.Equal(10, BatchPolicy.Throughput(8, 8, TimeSpan.FromSeconds(0.5)), 9);

    [Theory]
    [InlineData(0, 10, 0, 1)]
    [InlineData(25, 10, 0, 3)]
    [InlineData(25, 10, 0.99, 4)]
    [InlineData(1000, 1, 0, 30)]
    [InlineData(1000, 1, 0.999, 37)]
    [InlineData(16, 0, 0.5, 1)]
    public void RetryAfterSeconds_AnyLoad_IsTheClampedWaitPlusUpToAQuarter(int ahead, double throughput, double jitter, int expected) =>
        Assert.Equal(expected, BatchPolicy.RetryAfterSeconds(ahead, throughput, jitter));

    private static Dictionary<int, TimeSpan> Times(params int[] milliseconds) =>
        Sizes.All.Zip(milliseconds).ToDictionary(pair => pair.First, pair => TimeSpan.FromMilliseconds(pair.Second));
}
