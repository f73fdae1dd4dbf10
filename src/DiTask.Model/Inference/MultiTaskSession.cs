using DiTask.Model.Artifacts;

namespace DiTask.Model.Inference;

/// <summary>Runs a folded model: the trunk once for a batch, then each branch that somebody asked for, for the rows that asked.</summary>
public sealed class MultiTaskSession : IDisposable
{
    /// <summary>Opens the graphs of <paramref name="folder"/>.</summary>
    public static MultiTaskSession Open(ModelFolder folder, SessionSettings? settings = null) => throw new NotImplementedException();

    /// <summary>The model's manifest.</summary>
    public ModelManifest Manifest => throw new NotImplementedException();

    /// <summary>Execution provider in use: cpu, cuda, webgpu.</summary>
    public string Provider => throw new NotImplementedException();

    /// <summary>Why the provider in use is not the one that was asked for; null when it is.</summary>
    public string? ProviderNotice => throw new NotImplementedException();

    /// <summary>Logits of the tasks asked for.</summary>
    /// <param name="images">Normalised images [count, 3, S, S]. Pinned for the run, not copied on the CPU.</param>
    /// <param name="count">Images in the batch.</param>
    /// <param name="rows">Task to the rows that want it, ascending.</param>
    /// <param name="cancellation">Stops a run that has begun.</param>
    /// <exception cref="ArgumentException">An unknown task, a row outside the batch, or a buffer of the wrong size.</exception>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public IReadOnlyDictionary<string, TaskLogits> Run(
        Memory<float> images, int count, IReadOnlyDictionary<string, IReadOnlyList<int>> rows, CancellationToken cancellation = default) =>
        throw new NotImplementedException();

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
