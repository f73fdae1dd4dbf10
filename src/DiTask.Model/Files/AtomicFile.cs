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
    /// <exception cref="IOException">It cannot be written; what had the name before has it still.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        using AtomicFile file = new(path);
        try
        {
            write(file.Stream);
            file.Complete();
        }
        catch (ArgumentOutOfRangeException error) when (IsTooLarge(error))
        {
            throw new IOException($"'{path}' cannot be written: it would be larger than the file system or the limits of this process allow.", error);
        }
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
        try
        {
            Stream.Dispose();
        }
        catch (Exception error) when (!isComplete && (error is IOException || IsTooLarge(error)))
        {
            // What is left in the buffer goes the way of the file.
        }

        if (!isComplete)
        {
            File.Delete(temporary);
        }
    }

    // .NET gives EFBIG, of a quota or a limit, the exception of a wrong argument.
    private static bool IsTooLarge(Exception error) => error is ArgumentOutOfRangeException { ParamName: "value" };
}
