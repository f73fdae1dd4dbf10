namespace DiTask.Synth.Geometry;

/// <summary>The solids that rays meet. All are convex, so a ray enters each at most once.</summary>
internal enum ShapeKind
{
    /// <summary>Size.X is the radius.</summary>
    Sphere,

    /// <summary>Size is the three radii.</summary>
    Ellipsoid,

    /// <summary>Along z; Size.X is the radius, Size.Z half the length of the straight part.</summary>
    Capsule,

    /// <summary>A cylinder or cone along z; Size.X is the radius at the bottom, Size.Y at the top, Size.Z half the height.</summary>
    Frustum,

    /// <summary>Size is half of each side.</summary>
    Box,

    /// <summary>Where all faces of the hull are ahead.</summary>
    Hull,
}
