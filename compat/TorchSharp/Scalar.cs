using TorchSharp.Raw;

namespace TorchSharp;

/// <summary>A number beside a tensor. The original holds native memory; here it is a value, and Dispose has nothing to do.</summary>
public sealed class Scalar : IDisposable
{
    private Scalar(ScalarValue value, torch.ScalarType type)
    {
        Value = value;
        Type = type;
    }

    public torch.ScalarType Type { get; }

    internal ScalarValue Value { get; }

    public static implicit operator Scalar(byte value) => new(new ScalarValue((long)value), torch.ScalarType.Int64);

    public static implicit operator Scalar(sbyte value) => new(new ScalarValue((long)value), torch.ScalarType.Int64);

    public static implicit operator Scalar(short value) => new(new ScalarValue((long)value), torch.ScalarType.Int64);

    public static implicit operator Scalar(int value) => new(new ScalarValue((long)value), torch.ScalarType.Int64);

    public static implicit operator Scalar(long value) => new(new ScalarValue(value), torch.ScalarType.Int64);

    public static implicit operator Scalar(float value) => new(new ScalarValue(value), torch.ScalarType.Float64);

    public static implicit operator Scalar(double value) => new(new ScalarValue(value), torch.ScalarType.Float64);

    public static implicit operator Scalar(bool value) => new(new ScalarValue(value), torch.ScalarType.Bool);

    public void Dispose()
    {
    }
}
