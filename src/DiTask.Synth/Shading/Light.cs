using System.Numerics;
using DiTask.Synth.Geometry;

namespace DiTask.Synth.Shading;

/// <summary>A ball of light at a place, or a sun.</summary>
internal sealed record Light
{
    /// <summary>The middle of the ball; of a sun, the unit direction towards it.</summary>
    public required Vec3 Position { get; init; }

    public bool IsSun { get; init; }

    /// <summary>Radius of the ball in metres; of a sun, of its disc as seen from a metre.</summary>
    public double Radius { get; init; }

    /// <summary>Irradiance at <see cref="Reach"/> metres; of a sun, everywhere.</summary>
    public required Vector3 Color { get; init; }

    /// <summary>Metres at which the ball gives its colour.</summary>
    public double Reach { get; init; } = 2;

    /// <summary>Object that holds the light and casts no shadow of it; -1 for none.</summary>
    public int Holder { get; init; } = -1;
}
