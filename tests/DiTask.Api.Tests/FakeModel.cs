using System.Collections.Concurrent;
using DiTask.Api.Models;
using DiTask.Model.Artifacts;
using DiTask.Model.Inference;
using DiTask.Model.Tasks;

namespace DiTask.Api.Tests;

/// <summary>
/// A model whose maps follow from the gray level of an image's first pixel: depth is the level over 10 in metres, every label is the level modulo
/// the classes, normals point at the camera.
/// </summary>
internal sealed class FakeModel
{
    public const int Size = 32;
    public const int Head = 4;
    public const int PoisonLevel = 13;

    /// <summary>Its maps have no values, which nobody expects.</summary>
    public const int MisfitLevel = 14;

    /// <summary>Its depths are past what a number holds.</summary>
    public const int OverflowLevel = 15;

    private int runs;
    private int present;

    /// <summary>Open: runs pass. A test that wants a busy model closes it.</summary>
    public ManualResetEventSlim Gate { get; } = new(initialState: true);

    /// <summary>Open: the model opens. A test that wants one that is loading closes it.</summary>
    public ManualResetEventSlim OpenGate { get; } = new(initialState: true);

    /// <summary>Passed once per run that begins.</summary>
    public SemaphoreSlim Started { get; } = new(0);

    /// <summary>What a run of so many images does before it answers, such as taking its time.</summary>
    public Action<int> Pace { get; set; } = _ => { };

    /// <summary>Runs that began, the warm-up's among them.</summary>
    public int Runs => Volatile.Read(ref runs);

    /// <summary>Task to rows of the latest run.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<int>> LatestRows { get; private set; } = new Dictionary<string, IReadOnlyList<int>>();

    /// <summary>What the trunk says it took, by rows. Always the same: then filling a run up is cheaper than splitting it.</summary>
    public Func<int, TimeSpan> TrunkTime { get; set; } = _ => TimeSpan.FromMilliseconds(8);

    /// <summary>What each branch says it took.</summary>
    public TimeSpan BranchTime { get; set; } = TimeSpan.FromMilliseconds(1);

    /// <summary>Gray level of the first image of each run, oldest first.</summary>
    public ConcurrentQueue<int> Levels { get; } = new();

    /// <summary>What a run of so many rows throws; null for none.</summary>
    public Func<int, Exception?> Failure { get; set; } = _ => null;

    /// <summary>Rows of the latest run.</summary>
    public int LatestCount { get; private set; }

    /// <summary>What the machine has left for another model.</summary>
    public long FreeBytes { get; set; } = long.MaxValue;

    /// <summary>What opening throws; null to open.</summary>
    public Exception? OpenFailure { get; set; }

    /// <summary>Sources that cannot be opened.</summary>
    public Func<ModelSource, bool> IsBroken { get; set; } = _ => false;

    /// <summary>What was to be opened, oldest first.</summary>
    public ConcurrentQueue<ModelSource> Opened { get; } = new();

    /// <summary>Most runs that were on their way at one time.</summary>
    public int MostAtOnce { get; private set; }

    /// <summary>No gray level makes it fail. For tests whose pictures are made by chance.</summary>
    public bool IsFaultless { get; set; }

    public string? Notice { get; set; } = "untrained: for tests";

    /// <summary>Closes the gate and forgets the runs so far, such as the warm-up's: the next one that begins is the test's.</summary>
    public void Hold()
    {
        Gate.Reset();
        while (Started.Wait(0))
        {
            // Each was a run of before.
        }
    }

    public static ModelManifest Manifest(string? notice) => new()
    {
        Name = "fake",
        Version = "7",
        Notice = notice,
        Tool = "tests",
        Opset = 20,
        Input = new InputSpec(Size, [0, 0, 0], [1, 1, 1], "stretch-cubic"),
        Warp = new WarpSpec("none", "rref"),
        Source = new SourceSpec("none.pth", new string('0', 64)),
        Architecture = "constant",
        Trunk = "trunk.onnx",
        RowSelection = "rows.onnx",
        Features = [],
        Tasks = [Spec("semseg", 21), Spec("normals", 3), Spec("depth", 1), Spec("sal", 1)],
        Files = [],
    };

    public ServedModel Open(ModelSource source, ModelsOptions options)
    {
        OpenGate.Wait();
        Opened.Enqueue(source);
        ModelManifest manifest = Manifest(Notice);
        manifest = manifest with { Name = source.Name ?? manifest.Name, Version = source.Version ?? manifest.Version };
        return OpenFailure is null && !IsBroken(source)
            ? new ServedModel(manifest, "sha256:fake", "cpu", null, Run) { RuntimeVersion = "9.9" }
            : throw OpenFailure ?? new InvalidDataException("/secret/place is broken");
    }

    private static TaskSpec Spec(string name, int channels) => new(TaskCatalog.Describe(name, channels), name + ".onnx", [], Head, Head);

    private Dictionary<string, TaskLogits> Run(
        Memory<float> images, int count, IReadOnlyDictionary<string, IReadOnlyList<int>> rows, RunTimings timings, CancellationToken cancellation)
    {
        Interlocked.Increment(ref runs);
        using IDisposable presence = Enter();
        LatestRows = rows;
        LatestCount = count;
        Started.Release();
        Gate.Wait(cancellation);
        Pace(count);
        int[] levels = [.. Enumerable.Range(0, count).Select(row => (int)MathF.Round(images.Span[row * 3 * Size * Size] * 255))];
        Levels.Enqueue(levels[0]);
        if (Failure(count) is { } failure)
        {
            throw failure;
        }

        if (!IsFaultless && levels.Contains(PoisonLevel))
        {
            throw new InvalidOperationException("/secret/place failed");
        }

        timings.TrunkRan(TrunkTime(count));
        foreach (string task in rows.Keys)
        {
            timings.BranchRan(task, BranchTime);
        }

        return rows.ToDictionary(pair => pair.Key, pair => Logits(pair.Key, pair.Value, levels));
    }

    private Presence Enter()
    {
        lock (Opened)
        {
            MostAtOnce = Math.Max(MostAtOnce, ++present);
        }

        return new Presence(this);
    }

    private TaskLogits Logits(string task, IReadOnlyList<int> rows, int[] levels)
    {
        int channels = task switch { "semseg" => 21, "normals" => 3, _ => 1 };
        float[] values = new float[rows.Count * channels * Head * Head];
        for (int entry = 0; entry < rows.Count; entry++)
        {
            int level = levels[rows[entry]];
            int channel = task switch { "semseg" => Math.Abs(level % channels), "normals" => 2, _ => 0 };
            float value = task != "depth" ? 5 : !IsFaultless && level == OverflowLevel ? float.PositiveInfinity : level / 10f;
            values.AsSpan((entry * channels + channel) * Head * Head, Head * Head).Fill(value);
        }

        bool isMisfit = !IsFaultless && rows.Any(row => levels[row] == MisfitLevel);
        return new TaskLogits(task, rows, channels, Head, Head, isMisfit ? [] : values);
    }

    private sealed class Presence(FakeModel model) : IDisposable
    {
        public void Dispose()
        {
            lock (model.Opened)
            {
                model.present--;
            }
        }
    }
}
