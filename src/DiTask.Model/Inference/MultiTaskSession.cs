using System.Diagnostics;
using DiTask.Model.Artifacts;
using Microsoft.ML.OnnxRuntime;

namespace DiTask.Model.Inference;

/// <summary>
/// Runs a folded model: the trunk once for a batch, then each branch that somebody asked for, for the rows that asked.
/// Features stay on the device between the two.
/// </summary>
/// <remarks>
/// On the CPU any number of threads may run at once. A GPU session has one stream, so runs take turns. Disposing while runs are under way
/// lets these end and refuses new ones: ONNX Runtime itself frees a session under a run, which ends the process.
/// </remarks>
public sealed class MultiTaskSession : IDisposable
{
    private const int ImageChannels = 3;

    private readonly ExecutionProvider provider;
    private readonly InferenceSession trunk;
    private readonly InferenceSession rowSelection;
    private readonly Dictionary<string, InferenceSession> branches;
    private readonly Dictionary<string, TaskSpec> tasks;
    private readonly string[] featureNames;
    private readonly Lock turn = new();
    private readonly Lock gate = new();
    private int runs;
    private bool disposed;

    private MultiTaskSession(ModelFolder folder, ExecutionProvider provider)
    {
        this.provider = provider;
        Manifest = folder.Manifest;
        featureNames = [.. Manifest.Features.Select(feature => feature.Name)];
        tasks = Manifest.Tasks.ToDictionary(task => task.Info.Name);
        trunk = OpenGraph(folder.FilePath(Manifest.Trunk));
        rowSelection = OpenGraph(folder.FilePath(Manifest.RowSelection));
        branches = Manifest.Tasks.ToDictionary(task => task.Info.Name, task => OpenGraph(folder.FilePath(task.File)));
    }

    /// <summary>Version of ONNX Runtime.</summary>
    public static string RuntimeVersion => OrtEnv.Instance().GetVersionString();

    /// <summary>The model's manifest.</summary>
    public ModelManifest Manifest { get; }

    /// <summary>Execution provider in use: cpu, cuda or coreml.</summary>
    public string Provider => provider.Name;

    /// <summary>Why the provider in use is not the one that was asked for; null when it is.</summary>
    public string? ProviderNotice => provider.Notice;

    /// <summary>Opens the graphs of <paramref name="folder"/>.</summary>
    /// <exception cref="ArgumentException">An unknown provider.</exception>
    /// <exception cref="OnnxRuntimeException">A graph or the provider cannot be loaded.</exception>
    public static MultiTaskSession Open(ModelFolder folder, SessionSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ExecutionProvider provider = ExecutionProvider.Create(settings ?? new SessionSettings());
        try
        {
            return new MultiTaskSession(folder, provider);
        }
        catch
        {
            provider.Dispose();
            throw;
        }
    }

    /// <summary>Logits of the tasks asked for, at the heads' resolution.</summary>
    /// <param name="images">Normalised images [count, 3, S, S]. Pinned for the run, not copied.</param>
    /// <param name="count">Images in the batch.</param>
    /// <param name="rows">Task to the rows of the batch that want it, ascending.</param>
    /// <param name="cancellation">Stops a run that has begun.</param>
    /// <exception cref="ArgumentException">An unknown task, rows that are not ascending rows of the batch, or a buffer of another size.</exception>
    /// <exception cref="ObjectDisposedException">The session was disposed before the run began.</exception>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    /// <exception cref="OnnxRuntimeException">The run failed.</exception>
    public IReadOnlyDictionary<string, TaskLogits> Run(
        Memory<float> images, int count, IReadOnlyDictionary<string, IReadOnlyList<int>> rows, CancellationToken cancellation = default) =>
        Run(images, count, rows, new RunTimings(), cancellation);

    /// <summary>As the other overload, and says in <paramref name="timings"/> where the time went.</summary>
    public IReadOnlyDictionary<string, TaskLogits> Run(
        Memory<float> images, int count, IReadOnlyDictionary<string, IReadOnlyList<int>> rows, RunTimings timings, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(timings);
        Enter();
        try
        {
            CheckArguments(images.Length, count, rows);
            cancellation.ThrowIfCancellationRequested();
            return RunStoppable(images, count, rows, timings, cancellation);
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Logits of <paramref name="tasks"/> for every image of the batch; otherwise as <see cref="Run(Memory{float}, int, IReadOnlyDictionary{string, IReadOnlyList{int}}, CancellationToken)"/>.</summary>
    public IReadOnlyDictionary<string, TaskLogits> RunAll(
        Memory<float> images, int count, IEnumerable<TaskSpec> tasks, CancellationToken cancellation = default)
    {
        int[] rows = [.. Enumerable.Range(0, count)];
        return Run(images, count, tasks.ToDictionary(task => task.Info.Name, _ => (IReadOnlyList<int>)rows), cancellation);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            if (disposed)
            {
                return;
            }

            disposed = true;
            if (runs > 0)
            {
                return;
            }
        }

        Free();
    }

    private void Enter()
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            runs++;
        }
    }

    private void Leave()
    {
        lock (gate)
        {
            runs--;
            if (!disposed || runs > 0)
            {
                return;
            }
        }

        Free();
    }

    private void Free()
    {
        trunk.Dispose();
        rowSelection.Dispose();
        foreach (InferenceSession branch in branches.Values)
        {
            branch.Dispose();
        }

        provider.Dispose();
    }

    private Dictionary<string, TaskLogits> RunStoppable(
        Memory<float> images, int count, IReadOnlyDictionary<string, IReadOnlyList<int>> rows, RunTimings timings, CancellationToken cancellation)
    {
        using RunOptions options = new();
        using CancellationTokenRegistration stop = cancellation.Register(() => options.Terminate = true);
        try
        {
            if (provider.Name == "cpu")
            {
                return RunGraphs(images, count, rows, timings, options);
            }

            lock (turn)
            {
                return RunGraphs(images, count, rows, timings, options);
            }
        }
        catch (OnnxRuntimeException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException("The run was stopped.", cancellation);
        }
    }

    private InferenceSession OpenGraph(string path)
    {
        using SessionOptions options = provider.NewOptions();
        return new InferenceSession(path, options);
    }

    private Dictionary<string, TaskLogits> RunGraphs(
        Memory<float> images, int count, IReadOnlyDictionary<string, IReadOnlyList<int>> rows, RunTimings timings, RunOptions options)
    {
        Dictionary<string, TaskLogits> logits = [];
        long start = Stopwatch.GetTimestamp();
        using Features features = RunTrunk(images, count, options);
        timings.TrunkRan(Stopwatch.GetElapsedTime(start));
        // Tasks that want the same rows share one selection; a task that wants all rows reads the trunk's own outputs.
        foreach (IGrouping<string, string> group in rows.Where(entry => entry.Value.Count > 0).Select(entry => entry.Key).GroupBy(task => string.Join(',', rows[task])))
        {
            IReadOnlyList<int> wanted = rows[group.First()];
            start = Stopwatch.GetTimestamp();
            using Features? selected = wanted.Count == count ? null : SelectRows(features, wanted, options);
            TimeSpan selection = Stopwatch.GetElapsedTime(start) / group.Count();
            foreach (string task in group)
            {
                start = Stopwatch.GetTimestamp();
                logits[task] = RunBranch(tasks[task], selected ?? features, wanted, options);
                timings.BranchRan(task, selection + Stopwatch.GetElapsedTime(start));
            }
        }

        return logits;
    }

    private Features RunTrunk(Memory<float> images, int count, RunOptions options)
    {
        int size = Manifest.Input.Size;
        using OrtValue image = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, images, [count, ImageChannels, size, size]);
        using OrtIoBinding binding = trunk.CreateIoBinding();
        binding.BindInput("image", image);
        return RunToDevice(trunk, binding, featureNames, options);
    }

    private Features SelectRows(Features features, IReadOnlyList<int> wanted, RunOptions options)
    {
        long[] indices = [.. wanted.Select(row => (long)row)];
        using OrtValue rows = OrtValue.CreateTensorValueFromMemory(indices, [indices.Length]);
        using OrtIoBinding binding = rowSelection.CreateIoBinding();
        binding.BindInput("rows", rows);
        foreach (string name in featureNames)
        {
            binding.BindInput(name, features[name]);
        }

        return RunToDevice(rowSelection, binding, [.. featureNames.Select(name => $"{name}_rows")], options);
    }

    private Features RunToDevice(InferenceSession session, OrtIoBinding binding, IReadOnlyList<string> outputs, RunOptions options)
    {
        foreach (string name in outputs)
        {
            binding.BindOutputToDevice(name, provider.FeatureMemory);
        }

        return new Features(featureNames, session.RunWithBoundResults(options, binding));
    }

    private TaskLogits RunBranch(TaskSpec task, Features features, IReadOnlyList<int> wanted, RunOptions options)
    {
        float[] values = new float[wanted.Count * task.Info.Channels * task.LogitsHeight * task.LogitsWidth];
        using OrtValue output = OrtValue.CreateTensorValueFromMemory(values, [wanted.Count, task.Info.Channels, task.LogitsHeight, task.LogitsWidth]);
        InferenceSession branch = branches[task.Info.Name];
        using OrtIoBinding binding = branch.CreateIoBinding();
        foreach (string name in task.Inputs)
        {
            binding.BindInput(name, features[name]);
        }

        binding.BindOutput("logits", output);
        branch.RunWithBinding(options, binding);
        return new TaskLogits(task.Info.Name, wanted, task.Info.Channels, task.LogitsHeight, task.LogitsWidth, values);
    }

    private void CheckArguments(int floats, int count, IReadOnlyDictionary<string, IReadOnlyList<int>> rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        int size = Manifest.Input.Size;
        long expected = (long)count * ImageChannels * size * size;
        if (floats != expected)
        {
            throw new ArgumentException($"{count} images of [3,{size},{size}] are {expected} floats, got {floats}.");
        }

        foreach ((string task, IReadOnlyList<int> wanted) in rows)
        {
            if (!tasks.ContainsKey(task))
            {
                throw new ArgumentException($"Unknown task '{task}'. The model has: {string.Join(", ", tasks.Keys)}.");
            }

            if (wanted.Where((row, i) => row < 0 || row >= count || (i > 0 && row <= wanted[i - 1])).Any())
            {
                throw new ArgumentException($"Rows [{string.Join(',', wanted)}] of '{task}' are not ascending rows of a batch of {count}.");
            }
        }
    }
}
