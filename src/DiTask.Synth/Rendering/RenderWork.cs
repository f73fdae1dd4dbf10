namespace DiTask.Synth.Rendering;

/// <summary>What rendering a picture took, counted.</summary>
public sealed record RenderWork
{
    // Operations of typical cases, counted by hand: a turn into a solid's frame (33) and its equation (about 25); a sphere test;
    // texture, light, fog and film of one sample without the rays it sends.
    private const double FlopPerSolid = 58;
    private const double FlopPerSphere = 14;
    private const double FlopPerSample = 220;

    /// <summary>Rays against solids.</summary>
    public long SolidTests { get; internal set; }

    /// <summary>Rays or cones of rays against bounding spheres.</summary>
    public long SphereTests { get; internal set; }

    /// <summary>Shaded samples; a pixel has one, or five where it needs them.</summary>
    public long Samples { get; internal set; }

    /// <summary>Rays towards lights.</summary>
    public long ShadowRays { get; internal set; }

    /// <summary>Floating-point operations, about: 58 per solid test, 14 per sphere test, 220 per sample.</summary>
    public double Flop => (FlopPerSolid * SolidTests) + (FlopPerSphere * SphereTests) + (FlopPerSample * Samples);
}
