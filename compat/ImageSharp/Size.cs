namespace SixLabors.ImageSharp;

public struct Size(int width, int height) : IEquatable<Size>
{
    public static readonly Size Empty;

    public Size(int value)
        : this(value, value)
    {
    }

    public int Width { get; set; } = width;

    public int Height { get; set; } = height;

    public readonly bool IsEmpty => Equals(Empty);

    /// <summary>Pixels as a long: two header fields of 31 bits multiply without overflow.</summary>
    internal readonly long Area => (long)Width * Height;

    public static bool operator ==(Size left, Size right) => left.Equals(right);

    public static bool operator !=(Size left, Size right) => !left.Equals(right);

    public readonly void Deconstruct(out int width, out int height)
    {
        width = Width;
        height = Height;
    }

    public readonly bool Equals(Size other) => Width == other.Width && Height == other.Height;

    public override readonly bool Equals(object? obj) => obj is Size other && Equals(other);

    public override readonly int GetHashCode() => HashCode.Combine(Width, Height);

    public override readonly string ToString() => $"Size [ Width={Width}, Height={Height} ]";
}
