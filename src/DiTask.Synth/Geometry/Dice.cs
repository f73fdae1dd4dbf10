using System.Numerics;
using DiTask.Model.Data;

namespace DiTask.Synth.Geometry;

/// <summary>Random choices of one scene. A class, so that every builder draws from the same sequence.</summary>
internal sealed class Dice(CounterRandom random)
{
    private CounterRandom random = random;

    public double Next() => random.NextDouble();

    public double Between(double low, double high) => random.NextDouble(low, high);

    public float Single(double low, double high) => (float)random.NextDouble(low, high);

    public bool Chance(double probability) => random.NextDouble() < probability;

    public int Below(int count) => random.NextInt(count);

    public int From(int least, int most) => least + random.NextInt(most - least + 1);

    public double Sign() => Chance(0.5) ? 1 : -1;

    public uint Bits() => (uint)random.NextBits();

    public T Pick<T>(ReadOnlySpan<T> items) => items[random.NextInt(items.Length)];

    /// <summary>A turn with no preferred direction.</summary>
    public Frame Rotation(Vec3 origin)
    {
        Quaternion q;
        do
        {
            q = new(Single(-1, 1), Single(-1, 1), Single(-1, 1), Single(-1, 1));
        }
        while (q.LengthSquared() is > 1 or < 0.01f);

        (double x, double y, double z, double w) = (q.X, q.Y, q.Z, q.W);
        double n = 1 / Math.Sqrt((x * x) + (y * y) + (z * z) + (w * w));
        (x, y, z, w) = (x * n, y * n, z * n, w * n);
        Vec3 first = new(1 - (2 * ((y * y) + (z * z))), 2 * ((x * y) + (z * w)), 2 * ((x * z) - (y * w)));
        Vec3 second = new(2 * ((x * y) - (z * w)), 1 - (2 * ((x * x) + (z * z))), 2 * ((y * z) + (x * w)));
        return new(origin, first, second, Vec3.Cross(first, second));
    }
}
