using System.Runtime.InteropServices;

namespace TorchSharp.Raw;

/// <summary>dt_scalar: libtorch tells integers, reals and booleans apart when it chooses the type of a result.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct ScalarValue
{
    public readonly long Kind;
    public readonly long Integer;
    public readonly double Real;

    public ScalarValue(double value)
    {
        Kind = 1;
        Real = value;
    }

    public ScalarValue(long value)
    {
        Kind = 2;
        Integer = value;
    }

    public ScalarValue(bool value)
    {
        Kind = 3;
        Integer = value ? 1 : 0;
    }
}
