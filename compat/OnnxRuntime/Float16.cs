using System.Runtime.InteropServices;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>IEEE half precision by its bits; equality is IEEE's, so NaN differs from itself.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct Float16(ushort v) : IEquatable<Float16>
{
    public readonly ushort value = v;

    public static explicit operator float(Float16 value) => value.ToFloat();

    public static explicit operator Float16(float value) => new(BitConverter.HalfToUInt16Bits((Half)value));

    public static bool operator ==(Float16 left, Float16 right) => left.ToHalf() == right.ToHalf();

    public static bool operator !=(Float16 left, Float16 right) => !(left == right);

    public float ToFloat() => (float)ToHalf();

    public bool Equals(Float16 other) => ToHalf().Equals(other.ToHalf());

    public override bool Equals(object? obj) => obj is Float16 other && Equals(other);

    public override int GetHashCode() => ToHalf().GetHashCode();

    public override string ToString() => ToHalf().ToString(System.Globalization.CultureInfo.InvariantCulture);

    private Half ToHalf() => BitConverter.UInt16BitsToHalf(value);
}
