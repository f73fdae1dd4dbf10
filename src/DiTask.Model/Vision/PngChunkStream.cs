using System.Buffers.Binary;
using System.IO.Hashing;

namespace DiTask.Model.Vision;

/// <summary>Cuts what a compressor writes into IDAT chunks.</summary>
internal sealed class PngChunkStream(Stream output) : Stream
{
    private const int ChunkBytes = 64 * 1024;

    private readonly byte[] pending = new byte[ChunkBytes];
    private int count;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Writes one chunk: length, type, data, CRC of type and data.</summary>
    public static void WriteChunk(Stream output, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        output.Write(number);
        output.Write(type);
        output.Write(data);
        Crc32 checksum = new();
        checksum.Append(type);
        checksum.Append(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, checksum.GetCurrentHashAsUInt32());
        output.Write(number);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            int taken = Math.Min(buffer.Length, ChunkBytes - count);
            buffer[..taken].CopyTo(pending.AsSpan(count));
            buffer = buffer[taken..];
            count += taken;
            if (count == ChunkBytes)
            {
                WritePending();
            }
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    // A compressor flushes when it likes; chunks are cut by size only.
    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            WritePending();
        }

        base.Dispose(disposing);
    }

    private void WritePending()
    {
        if (count > 0)
        {
            WriteChunk(output, "IDAT"u8, pending.AsSpan(0, count));
            count = 0;
        }
    }
}
