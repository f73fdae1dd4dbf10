using System.Collections.Concurrent;
using DiTask.Model.Data;
using DiTask.Model.Data.Transforms;
using DiTask.Model.Tasks;

namespace DiTask.Tests.Data;

public sealed class BatchLoaderTests
{
    private static readonly TaskInfo[] Tasks = [TaskCatalog.Describe("semseg", 40), TaskCatalog.Describe("normals", 3)];

    [Fact]
    public void Epoch_AnyNumberOfThreads_IsTheSame()
    {
        Memory dataset = new(23);

        Batch[] one = [.. Loader(dataset, new() { BatchSize = 4, Threads = 1, Shuffle = true, Seed = 5 }).Epoch(3)];
        Batch[] many = [.. Loader(dataset, new() { BatchSize = 4, Threads = 7, Prefetch = 1, Shuffle = true, Seed = 5 }).Epoch(3)];

        AssertSame(one, many);
        Assert.Equal([4, 4, 4, 4, 4, 3], one.Select(batch => batch.Count));
    }

    [Fact]
    public void Epoch_FromTheMiddle_IsTheRestOfTheWhole()
    {
        BatchLoader loader = Loader(new Memory(23), new() { BatchSize = 4, Shuffle = true });

        Batch[] whole = [.. loader.Epoch(1)], rest = [.. loader.Epoch(1, firstBatch: 4)];

        AssertSame(whole[4..], rest);
        Assert.Empty(loader.Epoch(1, loader.BatchesPerEpoch));
        Assert.Throws<ArgumentOutOfRangeException>(() => loader.Epoch(1, loader.BatchesPerEpoch + 1));
    }

    [Fact]
    public void Epoch_Shuffled_HasEveryPictureOnceInAnotherOrderEachTime()
    {
        BatchLoader loader = Loader(new Memory(30), new() { BatchSize = 8, Shuffle = true });

        string[] first = Ids(loader.Epoch(0)), second = Ids(loader.Epoch(1));

        Assert.Equal(30, first.Distinct().Count());
        Assert.Equal(first.Order(), second.Order());
        Assert.NotEqual(first, second);
        Assert.NotEqual(first, Ids(Loader(new Memory(30), new() { BatchSize = 8, Shuffle = true, Seed = 1 }).Epoch(0)));
    }

    [Fact]
    public void Epoch_NotShuffled_IsTheDataSetsOrderAndMayDropTheRest()
    {
        BatchLoader kept = Loader(new Memory(10), new() { BatchSize = 4 }), dropped = Loader(new Memory(10), new() { BatchSize = 4, DropLast = true });

        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"{i}"), Ids(kept.Epoch(7)));
        Assert.Equal(Enumerable.Range(0, 8).Select(i => $"{i}"), Ids(dropped.Epoch(0)));
        Assert.Equal((3, 2), (kept.BatchesPerEpoch, dropped.BatchesPerEpoch));
        Assert.Empty(Loader(new Memory(3), new() { BatchSize = 4, DropLast = true }).Epoch(0));
    }

    [Fact]
    public void Epoch_Batch_HasEveryExampleAtItsPlace()
    {
        Batch batch = Loader(new Memory(3), new() { BatchSize = 4 }).Epoch(0).Single();

        Assert.Equal((3, 3 * 3 * 64, 3 * 64, 3 * 3 * 64), (batch.Count, batch.Images.Length, batch.Labels["semseg"].Length, batch.Labels["normals"].Length));
        Assert.Equal([0, 1, 2], Enumerable.Range(0, 3).Select(i => batch.Labels["semseg"][i * 64]));
        // No sample has normals.
        Assert.All(batch.Labels["normals"], value => Assert.Equal(LabelMap.Void, value));
    }

    [Fact]
    public void Epoch_BrokenPicture_FailsWithItsNameAtItsTurn()
    {
        Memory dataset = new(20) { Broken = 9 };
        List<Batch> read = [];

        DatasetException error = Assert.Throws<DatasetException>(() =>
        {
            foreach (Batch batch in Loader(dataset, new() { BatchSize = 4, Threads = 3 }).Epoch(0))
            {
                read.Add(batch);
            }
        });

        Assert.Contains("memory, '9': no such luck", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, read.Count);
        dataset.AssertNoThreadIsLeft();
    }

    [Fact]
    public void Epoch_LeftEarly_LeavesNoThread()
    {
        Memory dataset = new(200);

        Batch first = Loader(dataset, new() { BatchSize = 4, Threads = 3, Prefetch = 2 }).Epoch(0).First();

        Assert.Equal(4, first.Count);
        dataset.AssertNoThreadIsLeft();
        // A batch in use and two ahead; the first one has given its room back.
        Assert.InRange(dataset.Loads, 4, 16);
    }

    [Fact]
    public void Epoch_Cancelled_EndsAndLeavesNoThread()
    {
        Memory dataset = new(200);
        using CancellationTokenSource stop = new();
        int batches = 0;

        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            foreach (Batch _ in Loader(dataset, new() { BatchSize = 4, Threads = 3 }).Epoch(0, cancellation: stop.Token))
            {
                batches++;
                stop.Cancel();
            }
        });

        Assert.Equal(1, batches);
        dataset.AssertNoThreadIsLeft();
    }

    [Fact]
    public void Epoch_CancelledWhileWaiting_Ends()
    {
        using CancellationTokenSource stop = new();
        // The third picture is never ready unless somebody cancels.
        Memory dataset = new(20) { Before = index => { if (index == 2) { stop.Cancel(); } } };

        Assert.ThrowsAny<OperationCanceledException>(() => Loader(dataset, new() { BatchSize = 4, Threads = 2 }).Epoch(0, cancellation: stop.Token).Count());
        dataset.AssertNoThreadIsLeft();
    }

    private static BatchLoader Loader(IDataset dataset, BatchLoaderOptions options) =>
        new(dataset, new SampleTransform(Tasks, 8, [0, 0, 0], [1, 1, 1], augmentation: Augmentation.Pascal with { MaxAngleDegrees = options.Shuffle ? 20 : 0, MinScale = 1, MaxScale = 1 }), options);

    private static string[] Ids(IEnumerable<Batch> batches) => [.. batches.SelectMany(batch => batch.Ids)];

    private static void AssertSame(Batch[] expected, Batch[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        foreach ((Batch one, Batch other) in expected.Zip(actual))
        {
            Assert.Equal(one.Ids, other.Ids);
            Assert.Equal(one.Images, other.Images);
            Assert.Equal(one.Labels["semseg"], other.Labels["semseg"]);
        }
    }

    private sealed class Memory(int count) : IDataset
    {
        private readonly ConcurrentDictionary<Thread, bool> threads = [];
        private int loads;

        public string Name => "memory";

        public IReadOnlyList<TaskInfo> Tasks => BatchLoaderTests.Tasks;

        public int Count => count;

        public int? Broken { get; init; }

        public Action<int>? Before { get; init; }

        public int Loads => loads;

        public string Id(int index) => $"{index}";

        public Sample Load(int index)
        {
            threads[Thread.CurrentThread] = true;
            Interlocked.Increment(ref loads);
            Before?.Invoke(index);
            return index == Broken
                ? throw new InvalidOperationException("no such luck")
                : new Sample(Id(index), Pictures.Image(9, 7, (x, y) => (index, x * 20, y * 30)), new Dictionary<string, LabelMap> { ["semseg"] = Pictures.Map(9, 7, (_, _) => index) });
        }

        public void AssertNoThreadIsLeft()
        {
            Assert.NotEmpty(threads);
            Assert.All(threads.Keys, thread => Assert.False(thread.IsAlive));
        }
    }
}
