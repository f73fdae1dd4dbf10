using Microsoft.Win32.SafeHandles;

namespace DiTask.Model.Checkpoints;

/// <summary>A file opened for reading at any offset, by several threads.</summary>
internal sealed class ByteSource : IDisposable
{
    private readonly SafeFileHandle handle;

    private ByteSource(string path, SafeFileHandle handle, long length)
    {
        Path = path;
        this.handle = handle;
        Length = length;
    }

    public string Path { get; }

    /// <summary>Bytes in the file when it was opened.</summary>
    public long Length { get; }

    public static ByteSource Open(string path)
    {
        SafeFileHandle? handle = null;
        try
        {
            handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.RandomAccess);
            return new ByteSource(path, handle, RandomAccess.GetLength(handle));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            handle?.Dispose();
            string problem = error switch
            {
                FileNotFoundException or DirectoryNotFoundException => "there is no such file",
                _ when Directory.Exists(path) => "is a folder, expected a file",
                _ => "cannot be opened: " + error.Message,
            };
            throw new CheckpointException(path, problem, inner: error);
        }
    }

    /// <summary>Fills <paramref name="destination"/> from <paramref name="offset"/>.</summary>
    public void Read(long offset, Span<byte> destination)
    {
        int done = 0;
        while (done < destination.Length)
        {
            int count;
            try
            {
                count = RandomAccess.Read(handle, destination[done..], offset + done);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new CheckpointException(Path, "cannot be read: " + error.Message, byteOffset: offset + done, inner: error);
            }

            if (count == 0)
            {
                throw Fail("the file ends too early", offset + done, expected: $"{destination.Length} bytes from byte {offset}", found: $"{done}");
            }

            done += count;
        }
    }

    /// <summary>The bytes from <paramref name="offset"/>, which the caller has checked to lie in the file.</summary>
    public byte[] Read(long offset, int count)
    {
        byte[] bytes = new byte[count];
        Read(offset, bytes);
        return bytes;
    }

    public CheckpointException Fail(string problem, long? offset = null, string? key = null, string? expected = null, string? found = null) =>
        new(Path, problem, key, offset, expected, found);

    public void Dispose() => handle.Dispose();
}
