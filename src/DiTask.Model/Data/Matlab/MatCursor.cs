using System.Buffers.Binary;

namespace DiTask.Model.Data.Matlab;

/// <summary>Walks the tagged elements of a MATLAB file.</summary>
internal ref struct MatCursor(ReadOnlySpan<byte> bytes, bool littleEndian)
{
    public const int Matrix = 14;
    public const int Compressed = 15;

    private const int TagBytes = 8;

    private readonly ReadOnlySpan<byte> bytes = bytes;

    public int Position { get; set; }

    public readonly bool AtEnd => Position >= bytes.Length;

    public readonly int Left => bytes.Length - Position;

    /// <summary>The next element.</summary>
    /// <param name="padded">It is followed by what fills it up to a multiple of eight bytes.</param>
    /// <exception cref="InvalidDataException">It reaches beyond the end.</exception>
    public MatElement Next(bool padded)
    {
        if (Left < TagBytes)
        {
            throw new InvalidDataException($"expected an element at byte {Position}; only {Left} bytes are left");
        }

        uint type = Number(Position), length = Number(Position + 4);
        if (type >> 16 is not 0 and { } small)
        {
            // The short form: type and length share four bytes, the data follow at once.
            if (small > 4)
            {
                throw new InvalidDataException($"the short element at byte {Position} claims {small} bytes; it has room for 4");
            }

            MatElement element = new((int)(type & 0xFFFF), bytes.Slice(Position + 4, (int)small));
            Position += TagBytes;
            return element;
        }

        if (length > Left - TagBytes)
        {
            throw new InvalidDataException($"the element at byte {Position} claims {length} bytes; {Left - TagBytes} are left");
        }

        MatElement whole = new((int)type, bytes.Slice(Position + TagBytes, (int)length));
        Position += TagBytes + (int)length;
        if (padded)
        {
            Align();
        }

        return whole;
    }

    /// <summary>Goes on to the next multiple of eight bytes.</summary>
    public void Align() => Position = Math.Min((Position + 7) / 8 * 8, bytes.Length);

    private readonly uint Number(int at) => littleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]) : BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
}
