using DiTask.Api.Problems;

namespace DiTask.Api.Predict;

/// <summary>Reads a body and refuses it as soon as it has more bytes than it may: what inflates without end is not read to its end.</summary>
/// <param name="inner">The body, or what inflates it.</param>
/// <param name="maxBytes">Most bytes.</param>
/// <param name="limitName">What is counted and which setting is the limit, for the error.</param>
internal sealed class LimitedStream(Stream inner, long maxBytes, string limitName) : Stream
{
    private long bytesRead;

    /// <summary>The encoding that <c>inner</c> inflates and that this stream owns with it; null when it is the body itself.</summary>
    public string? Encoding { get; init; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read;
        try
        {
            read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException) when (Encoding is not null)
        {
            throw new RequestErrorException(new(ErrorCode.MalformedRequest, $"Expected a body of Content-Encoding {Encoding}; its bytes are not, or end early."));
        }

        bytesRead += read;
        return bytesRead <= maxBytes
            ? read
            : throw new RequestErrorException(new(ErrorCode.BodyTooLarge, $"A body has at most {maxBytes} {limitName}; found more."));
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Bodies are read asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && Encoding is not null)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
