namespace DiTask.Synth.Collages;

/// <summary>Things in collages.</summary>
public enum CollageShape
{
    /// <summary>A ball.</summary>
    Sphere,

    /// <summary>A ball with three radii.</summary>
    Egg,

    /// <summary>A cylinder with round ends.</summary>
    Capsule,

    /// <summary>A cylinder.</summary>
    Cylinder,

    /// <summary>A cone with a tip.</summary>
    Cone,

    /// <summary>A cone without its tip.</summary>
    Stump,

    /// <summary>A box.</summary>
    Box,

    /// <summary>A pyramid on four corners.</summary>
    Pyramid,

    /// <summary>A prism on three corners.</summary>
    Prism,

    /// <summary>Two balls on a rod.</summary>
    Dumbbell,

    /// <summary>Three crossing rods.</summary>
    Jack,

    /// <summary>Two boxes in the form of an L.</summary>
    Corner,
}
