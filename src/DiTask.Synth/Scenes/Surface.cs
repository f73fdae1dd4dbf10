namespace DiTask.Synth.Scenes;

/// <summary>What a ray meets: the index of a primitive, or below zero one of these.</summary>
internal static class Surface
{
    public const int Sky = -1;
    public const int Ground = -2;
    public const int Ceiling = -3;

    /// <summary>The first of four walls: left, right, near, far. The others follow downwards.</summary>
    public const int FirstWall = -4;

    /// <summary>Instances of primitives begin here; those below belong to the surfaces above.</summary>
    public const int FirstObjectInstance = 8;

    /// <summary>The number of the thing that the surface belongs to: sky 0, ground or floor 1, ceiling 2, walls 3 to 6, objects from 8.</summary>
    public static int Instance(Scene scene, int surface) =>
        surface >= 0 ? FirstObjectInstance + scene.Primitives[surface].Object : -1 - surface;
}
