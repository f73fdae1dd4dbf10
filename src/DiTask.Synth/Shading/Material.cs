using System.Numerics;
using DiTask.Synth.Geometry;

namespace DiTask.Synth.Shading;

/// <summary>How a surface looks. Colours are linear RGB in [0, 1].</summary>
internal sealed record Material
{
    public TextureKind Kind { get; init; }

    public required Vector3 A { get; init; }

    public Vector3 B { get; init; }

    /// <summary>Metres of one repetition.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Strength of the highlight.</summary>
    public float Gloss { get; init; }

    /// <summary>Light that the surface gives off, as a multiple of its colour.</summary>
    public float Emission { get; init; }

    /// <summary>How the pattern lies in the object.</summary>
    public Frame Lie { get; init; } = Frame.World;

    public static Material Plain(Vector3 color, float gloss = 0) => new() { A = color, B = color, Gloss = gloss };

    public static Material Glow(Vector3 color, float emission) => new() { A = color, B = color, Emission = emission };
}
