using System.Diagnostics;
using DiTask.Model.Artifacts;
using DiTask.Model.Inference;
using DiTask.Model.Vision;

namespace DiTask.Api.Models;

/// <summary>An opened model and what answers say of it.</summary>
/// <param name="Manifest">Its manifest.</param>
/// <param name="Digest">Digest of its graphs and weights: <c>sha256:</c> and lower-case hex.</param>
/// <param name="Provider">Execution provider in use.</param>
/// <param name="ProviderNotice">Why it is not the one that was asked for; null when it is.</param>
/// <param name="Run">Runs it.</param>
/// <param name="Session">What to dispose at the end.</param>
internal sealed record ServedModel(
    ModelManifest Manifest, string Digest, string Provider, string? ProviderNotice, RunModel Run, IDisposable? Session = null) : IDisposable
{
    /// <summary>Behind a model's name: the same model with tensors in place of pictures and maps.</summary>
    public const string TensorSuffix = "_tensor";

    /// <summary>Version of the runtime that runs it.</summary>
    public string RuntimeVersion { get; init; } = "";

    /// <summary>How long its files were read and compared with their digests; the rest of the opening is the runtime's.</summary>
    public TimeSpan ReadTime { get; init; }

    /// <summary>A photo to the model's input.</summary>
    public Preprocessing Preprocessing { get; } = new(Manifest.Input.Size, Manifest.Input.Mean, Manifest.Input.Std);

    /// <summary>Floats of one preprocessed image.</summary>
    public int SlotLength => Preprocessing.SlotLength;

    /// <summary>Names of the tasks, in the model's order.</summary>
    public IReadOnlyList<string> TaskNames { get; } = [.. Manifest.Tasks.Select(task => task.Info.Name)];

    public static ServedModel Open(ModelSource source, ModelsOptions options)
    {
        long start = Stopwatch.GetTimestamp();
        ModelFolder folder = ModelFolder.Open(source.Path);
        TimeSpan readTime = Stopwatch.GetElapsedTime(start);
        MultiTaskSession session = MultiTaskSession.Open(folder, new SessionSettings
        {
            Provider = options.Provider,
            DeviceId = options.DeviceId,
            Threads = options.Threads,
            GpuMemoryLimit = options.GpuMemoryLimit,
            ArenaStrategy = options.ArenaStrategy,
            CudnnSearch = options.CudnnSearch,
            CpuArena = options.CpuArena,
        });
        ModelManifest manifest = folder.Manifest with { Name = source.Name ?? folder.Manifest.Name, Version = source.Version ?? folder.Manifest.Version };
        return new ServedModel(manifest, folder.Digest, session.Provider, session.ProviderNotice, session.Run, session)
        {
            RuntimeVersion = MultiTaskSession.RuntimeVersion,
            ReadTime = readTime,
        };
    }

    public void Dispose() => Session?.Dispose();
}
