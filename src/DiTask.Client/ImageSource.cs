namespace DiTask.Client;

/// <summary>A photo to send: JPEG, PNG, WebP or BMP, told apart by its first bytes.</summary>
public sealed class ImageSource
{
    private readonly Stream? stream;
    private readonly long start;

    private ImageSource(string name, Stream? stream, ReadOnlyMemory<byte> bytes)
    {
        Name = name;
        Bytes = bytes;
        this.stream = stream;
        start = stream is { CanSeek: true } ? stream.Position : 0;
    }

    /// <summary>File name, which becomes the image's identifier in the answer.</summary>
    public string Name { get; }

    /// <summary>Whether the photo can be sent a second time.</summary>
    internal bool CanRewind => stream is null or { CanSeek: true };

    /// <summary>Bytes to send; null where the stream does not say.</summary>
    internal long? Length => stream is null ? Bytes.Length : stream.CanSeek ? stream.Length - start : null;

    private ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>A photo in memory.</summary>
    /// <param name="bytes">The file's bytes; not copied.</param>
    /// <param name="name">File name.</param>
    public static ImageSource FromBytes(ReadOnlyMemory<byte> bytes, string name = "image") => new(Checked(name), null, bytes);

    /// <summary>A photo read from a stream, from its position on; the stream stays open. One that cannot seek is sent once and not repeated.</summary>
    /// <param name="stream">Not used by anybody else meanwhile.</param>
    /// <param name="name">File name.</param>
    public static ImageSource FromStream(Stream stream, string name = "image")
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new(Checked(name), stream, default);
    }

    internal async Task CopyToAsync(Stream destination, CancellationToken cancellation)
    {
        if (stream is null)
        {
            await destination.WriteAsync(Bytes, cancellation).ConfigureAwait(false);
            return;
        }

        if (stream.CanSeek)
        {
            stream.Position = start;
        }

        await stream.CopyToAsync(destination, cancellation).ConfigureAwait(false);
    }

    private static string Checked(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return name;
    }
}
