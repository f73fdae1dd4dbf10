namespace DiTask.Model.Files;

/// <summary>A file that appears under its name only when it is whole: written beside it, flushed to the disk, renamed.</summary>
internal sealed class AtomicFile : IDisposable
{
    private readonly string path;
    private readonly string temporary;
    private bool isComplete;

    /// <param name="path">The final name; a file that has it is replaced at the end.</param>
    public AtomicFile(string path)
    {
        this.path = path;
        temporary = $"{path}.{Guid.NewGuid():N}.partial";
        Stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 64 * 1024);
    }

    /// <summary>Where to write.</summary>
    public FileStream Stream { get; }

    /// <summary>Writes a whole file.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        using AtomicFile file = new(path);
        write(file.Stream);
        file.Complete();
    }

    /// <summary>Gives the file its name.</summary>
    public void Complete()
    {
        Stream.Flush(flushToDisk: true);
        Stream.Dispose();
        File.Move(temporary, path, overwrite: true);
        isComplete = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stream.Dispose();
        if (!isComplete)
        {
            File.Delete(temporary);
        }
    }
}
