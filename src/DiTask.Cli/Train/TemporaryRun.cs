namespace DiTask.Cli.Train;

/// <summary>A run's folder that does not outlive the command.</summary>
internal sealed class TemporaryRun : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("ditask-run-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
