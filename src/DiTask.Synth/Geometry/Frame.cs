namespace DiTask.Synth.Geometry;

/// <summary>A place and three unit axes: where something stands and how it is turned.</summary>
internal readonly record struct Frame(Vec3 Origin, Vec3 X, Vec3 Y, Vec3 Z)
{
    public static readonly Frame World = At(default);

    public static Frame At(Vec3 origin) => new(origin, Vec3.Right, Vec3.Ahead, Vec3.Up);

    /// <summary>Turned about the vertical, from x towards y.</summary>
    public static Frame Turned(Vec3 origin, double angle)
    {
        (double sin, double cos) = Math.SinCos(angle);
        return new(origin, new(cos, sin, 0), new(-sin, cos, 0), Vec3.Up);
    }

    /// <summary>With z along a direction; where x and y point does not matter.</summary>
    public static Frame Along(Vec3 origin, Vec3 direction)
    {
        Vec3 z = direction.Unit();
        Vec3 x = Vec3.Cross(Math.Abs(z.Z) < 0.9 ? Vec3.Up : Vec3.Right, z).Unit();
        return new(origin, x, Vec3.Cross(z, x), z);
    }

    /// <summary>With z along a direction and y as near as it gets to another.</summary>
    public static Frame Facing(Vec3 origin, Vec3 up, Vec3 ahead)
    {
        Vec3 z = up.Unit();
        Vec3 x = Vec3.Cross(ahead, z).Unit();
        return new(origin, x, Vec3.Cross(z, x), z);
    }

    public Vec3 ToWorld(Vec3 point) => Origin + ToWorldDirection(point);

    public Vec3 ToWorldDirection(Vec3 v) => new(
        (v.X * X.X) + (v.Y * Y.X) + (v.Z * Z.X),
        (v.X * X.Y) + (v.Y * Y.Y) + (v.Z * Z.Y),
        (v.X * X.Z) + (v.Y * Y.Z) + (v.Z * Z.Z));

    public Vec3 ToLocal(Vec3 point) => ToLocalDirection(point - Origin);

    public Vec3 ToLocalDirection(Vec3 v) => new(Vec3.Dot(v, X), Vec3.Dot(v, Y), Vec3.Dot(v, Z));

    /// <summary>A frame that is given within this one, in the world.</summary>
    public Frame Place(in Frame inner) =>
        new(ToWorld(inner.Origin), ToWorldDirection(inner.X), ToWorldDirection(inner.Y), ToWorldDirection(inner.Z));
}
