using DiTask.Model.Artifacts;
using DiTask.Model.Inference;
using DiTask.Tests;
using Microsoft.ML.OnnxRuntime;

namespace DiTask.Model.Tests.Inference;

public sealed class MultiTaskSessionTests
{
    private static readonly ModelFolder Bundled = ModelFolder.Open(Path.Combine(Fixture.Repository, "models", "ditask-micro"));

    [Fact]
    public void Run_UnknownTask_NamesTheKnownOnes()
    {
        using MultiTaskSession session = MultiTaskSession.Open(Bundled);

        ArgumentException error = Assert.Throws<ArgumentException>(() => session.Run(Images(1), 1, Ask(("colour", [0]))));

        Assert.Contains("'colour'", error.Message, StringComparison.Ordinal);
        Assert.Contains("semseg, normals, sal, depth", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-1)]
    public void Run_RowOutsideTheBatch_IsRefused(int row)
    {
        using MultiTaskSession session = MultiTaskSession.Open(Bundled);

        ArgumentException error = Assert.Throws<ArgumentException>(() => session.Run(Images(2), 2, Ask(("depth", [row]))));

        Assert.Contains("batch of 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_RowsOutOfOrder_AreRefused()
    {
        using MultiTaskSession session = MultiTaskSession.Open(Bundled);

        Assert.Throws<ArgumentException>(() => session.Run(Images(2), 2, Ask(("depth", [1, 0]))));
    }

    [Fact]
    public void Run_BufferOfAnotherSize_NamesBothSizes()
    {
        using MultiTaskSession session = MultiTaskSession.Open(Bundled);

        ArgumentException error = Assert.Throws<ArgumentException>(() => session.Run(new float[5], 1, Ask(("depth", [0]))));

        Assert.Contains("12288", error.Message, StringComparison.Ordinal);
        Assert.Contains("got 5", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_CancelledBefore_DoesNotRun()
    {
        using MultiTaskSession session = MultiTaskSession.Open(Bundled);

        Assert.Throws<OperationCanceledException>(() => session.Run(Images(1), 1, Ask(("depth", [0])), new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Run_CancelledWhileRunning_Stops()
    {
        using MultiTaskSession session = MultiTaskSession.Open(Bundled);
        using CancellationTokenSource source = new();
        using ManualResetEventSlim warm = new();
        Memory<float> images = Images(64);
        // A thread of its own: the pool's may all be busy with other tests. Runs follow each other without a gap, so it meets one.
        Thread canceller = new(() =>
        {
            warm.Wait();
            source.Cancel();
        });
        canceller.Start();

        Exception? stopped = Record.Exception(() =>
        {
            for (int run = 0; run < 200; run++)
            {
                session.Run(images, 64, Ask(("depth", [.. Enumerable.Range(0, 64)])), source.Token);
                warm.Set();
            }
        });

        canceller.Join();
        Assert.IsType<OperationCanceledException>(stopped);
    }

    [Fact]
    public void Run_AfterDispose_Throws()
    {
        MultiTaskSession session = MultiTaskSession.Open(Bundled);
        session.Dispose();

        Assert.Throws<ObjectDisposedException>(() => session.Run(Images(1), 1, Ask(("depth", [0]))));
    }

    /// <summary>The service unloads a model while its last batch may run; ONNX Runtime itself does not survive that.</summary>
    [Fact]
    public void Dispose_WhileRunning_LetsTheRunEndAndRefusesTheNext()
    {
        MultiTaskSession session = MultiTaskSession.Open(Bundled);
        using ManualResetEventSlim warm = new();
        Memory<float> images = Images(64);
        Dictionary<string, IReadOnlyList<int>> ask = Ask(("depth", [.. Enumerable.Range(0, 64)]));
        float[] expected = session.Run(images, 64, ask)["depth"].Values;
        float[]? last = null;
        Exception? ended = null;
        // Runs follow each other without a gap, so the end of the session meets one.
        void RunOnAndOn()
        {
            while (true)
            {
                last = session.Run(images, 64, ask)["depth"].Values;
                warm.Set();
            }
        }

        Thread runner = new(() => ended = Record.Exception(RunOnAndOn));
        runner.Start();
        warm.Wait();

        session.Dispose();
        session.Dispose();
        runner.Join();

        Assert.IsType<ObjectDisposedException>(ended);
        Assert.Equal(expected, last);
    }

    /// <summary>A batch lies in a managed array that the collector may want to move while the graph reads it.</summary>
    [Fact]
    public void Run_WhileTheCollectorMovesArrays_GivesTheSame()
    {
        using MultiTaskSession session = MultiTaskSession.Open(Bundled);
        float[] expected = session.Run(Images(4), 4, Ask(("semseg", [0, 2])))["semseg"].Values;
        using CancellationTokenSource enough = new();
        Thread collector = new(() =>
        {
            while (!enough.IsCancellationRequested)
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
            }
        });
        collector.Start();

        float[][] runs = [.. Enumerable.Range(0, 20).Select(_ => session.Run(Images(4), 4, Ask(("semseg", [0, 2])))["semseg"].Values)];

        enough.Cancel();
        collector.Join();
        Assert.All(runs, run => Assert.Equal(expected, run));
    }

    [Fact]
    public void Run_ManyThreadsAtOnce_GiveTheAnswersOfOneThread()
    {
        using MultiTaskSession session = MultiTaskSession.Open(Bundled);
        float[][] images = [.. Enumerable.Range(0, 8).Select(seed => Images(1, seed))];
        float[][] alone = [.. images.Select(image => session.Run(image, 1, Ask(("semseg", [0])))["semseg"].Values)];
        float[][] together = new float[images.Length][];

        Parallel.For(0, images.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
            together[i] = session.Run(images[i], 1, Ask(("semseg", [0])))["semseg"].Values);

        Assert.All(alone.Zip(together), pair => Assert.Equal(pair.First, pair.Second));
    }

    [Fact]
    public void Run_WithoutAnArena_GivesTheSame()
    {
        using MultiTaskSession plain = MultiTaskSession.Open(Bundled);
        using MultiTaskSession session = MultiTaskSession.Open(Bundled, new SessionSettings { CpuArena = false });

        Assert.Equal(plain.Run(Images(1), 1, Ask(("depth", [0])))["depth"].Values, session.Run(Images(1), 1, Ask(("depth", [0])))["depth"].Values);
    }

    [Fact]
    public void Open_UnknownProvider_NamesTheKnownOnes()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => MultiTaskSession.Open(Bundled, new SessionSettings { Provider = "tpu" }));

        Assert.Contains("cpu, cuda, coreml, auto", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_AutoWithoutAGpu_FallsBackToTheCpuAndSaysWhy()
    {
        using MultiTaskSession session = MultiTaskSession.Open(Bundled, new SessionSettings { Provider = "auto" });

        Assert.True(session.Provider == "cuda" || session is { Provider: "cpu", ProviderNotice: not null });
        Assert.Single(session.Run(Images(1), 1, Ask(("depth", [0]))));
    }

    [Fact]
    public void Open_CudaWithoutItsLibraries_FailsWithItsReason()
    {
        if (File.Exists("/proc/driver/nvidia/version"))
        {
            return;
        }

        Assert.Throws<OnnxRuntimeException>(() => MultiTaskSession.Open(Bundled, new SessionSettings { Provider = "cuda" }));
    }

    private static Dictionary<string, IReadOnlyList<int>> Ask(params (string Task, int[] Rows)[] rows) =>
        rows.ToDictionary(entry => entry.Task, entry => (IReadOnlyList<int>)entry.Rows);

    private static float[] Images(int count, int seed = 0)
    {
        Random random = new(seed);
        float[] values = new float[count * 3 * 64 * 64];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)random.NextDouble() - 0.5f;
        }

        return values;
    }
}
