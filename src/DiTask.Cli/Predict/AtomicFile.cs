namespace DiTask.Cli.Predict;

/// <summary>A file that appears under its name only when it is complete.</summary>
internal sealed class AtomicFile : IDisposable
{
    private readonly string path;
    private readonly string temporary;
    private bool isComplete;

    public AtomicFile(string path)
    {
        this.path = path;
        temporary = $"{path}.{Environment.ProcessId}.tmp";
        Stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 64 * 1024);
    }

    public FileStream Stream { get; }

    /// <summary>Gives the file its name, in place of an older one.</summary>
    public void Complete()
    {
        Stream.Flush(flushToDisk: true);
        Stream.Dispose();
        File.Move(temporary, path, overwrite: true);
        isComplete = true;
    }

    public void Dispose()
    {
        Stream.Dispose();
        if (!isComplete)
        {
            File.Delete(temporary);
        }
    }
}
