using System.Buffers.Binary;
using System.Text;

namespace DiTask.Model.Checkpoints.Pickle;

/// <summary>Writes the opcodes of protocol 2 that a state dict needs.</summary>
internal sealed class PickleWriter
{
    private readonly List<byte> bytes = [0x80, 2];

    public PickleWriter EmptyDict() => Op('}');

    public PickleWriter EmptyTuple() => Op(')');

    public PickleWriter Mark() => Op('(');

    public PickleWriter Tuple() => Op('t');

    public PickleWriter Reduce() => Op('R');

    public PickleWriter SetItem() => Op('s');

    public PickleWriter SetItems() => Op('u');

    public PickleWriter PersistentId() => Op('Q');

    public PickleWriter False()
    {
        bytes.Add(0x89);
        return this;
    }

    public PickleWriter Global(string module, string name)
    {
        bytes.AddRange(Encoding.ASCII.GetBytes($"c{module}\n{name}\n"));
        return this;
    }

    public PickleWriter Text(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        Op('X');
        return Int32(utf8.Length, utf8);
    }

    public PickleWriter Integer(int value)
    {
        Op('J');
        return Int32(value, []);
    }

    public PickleWriter Integers(int[] values)
    {
        Mark();
        foreach (int value in values)
        {
            Integer(value);
        }

        return Tuple();
    }

    public byte[] Stop()
    {
        Op('.');
        return [.. bytes];
    }

    private PickleWriter Op(char code)
    {
        bytes.Add((byte)code);
        return this;
    }

    private PickleWriter Int32(int value, ReadOnlySpan<byte> then)
    {
        Span<byte> number = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(number, value);
        bytes.AddRange(number);
        bytes.AddRange(then);
        return this;
    }
}
