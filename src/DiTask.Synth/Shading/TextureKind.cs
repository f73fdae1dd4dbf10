namespace DiTask.Synth.Shading;

/// <summary>Patterns of surfaces, in the space of the object.</summary>
public enum TextureKind
{
    /// <summary>One colour.</summary>
    Plain,

    /// <summary>Cubes of two colours.</summary>
    Checker,

    /// <summary>Bands of two colours.</summary>
    Stripes,

    /// <summary>Soft clouds of two colours.</summary>
    Noise,

    /// <summary>Veins.</summary>
    Marble,

    /// <summary>Rows of bricks with mortar.</summary>
    Bricks,

    /// <summary>Rings of a trunk.</summary>
    Wood,

    /// <summary>Held out: round dots.</summary>
    Dots,

    /// <summary>Held out: cells about random points, with seams.</summary>
    Cells,

    /// <summary>Held out: crossing bands.</summary>
    Plaid,

    /// <summary>Held out: bent bands.</summary>
    Zigzag,

    /// <summary>Held out: ridges of noise.</summary>
    Ridges,

    /// <summary>Held out: hexagons with grout.</summary>
    Hexagons,

    /// <summary>Rows of windows; on buildings only.</summary>
    Facade,

    /// <summary>Held out: bands of windows; on buildings only.</summary>
    WindowBands,
}
