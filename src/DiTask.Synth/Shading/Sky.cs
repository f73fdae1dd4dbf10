using System.Numerics;
using DiTask.Synth.Geometry;

namespace DiTask.Synth.Shading;

/// <summary>Colours of the sky by direction.</summary>
internal sealed record Sky
{
    public required Vector3 Zenith { get; init; }

    public required Vector3 Horizon { get; init; }

    public required Vector3 Cloud { get; init; }

    /// <summary>How much of the sky is cloud, 0 to 1.</summary>
    public float Cover { get; init; }

    public double Shift { get; init; }

    public required Vec3 Sun { get; init; }

    public Vector3 Color(Vec3 direction)
    {
        float height = (float)Math.Max(direction.Z, 0);
        Vector3 clear = Vector3.Lerp(Horizon, Zenith, MathF.Pow(height, 0.55f));
        double flat = 1.3 / (height + 0.18);
        float cloud = Noise.Clouds((flat * direction.X) + Shift, flat * direction.Y, Shift);
        float share = Math.Clamp((cloud - 1 + Cover) * 3.5f, 0, 1) * Math.Clamp(height * 8, 0, 1);
        float glow = (float)Math.Pow(Math.Max(0, Vec3.Dot(direction, Sun)), 60);
        return Vector3.Lerp(clear, Cloud, 0.85f * share) + (0.5f * glow * (1 - share) * Vector3.One);
    }
}
