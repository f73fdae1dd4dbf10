namespace DiTask.Synth.Geometry;

/// <summary>Faces of convex solids that are no boxes.</summary>
internal static class Hull
{
    /// <summary>
    /// A convex outline in the plane of y (ahead) and z (up), counter-clockwise as seen with y to the right, as thick as twice <paramref name="half"/>;
    /// <paramref name="lean"/> is how much the two sides come closer per metre of height above <paramref name="leanFrom"/>.
    /// </summary>
    public static Face[] Extrude(double half, ReadOnlySpan<(double Y, double Z)> outline, double lean = 0, double leanFrom = 0)
    {
        Face[] faces = new Face[outline.Length + 2];
        for (int i = 0; i < outline.Length; i++)
        {
            (double y0, double z0) = outline[i];
            (double y1, double z1) = outline[(i + 1) % outline.Length];
            Vec3 normal = new Vec3(0, z1 - z0, y0 - y1).Unit();
            faces[i] = new(normal, (normal.Y * y0) + (normal.Z * z0));
        }

        double length = Math.Sqrt(1 + (lean * lean));
        faces[^2] = new(new(1 / length, 0, lean / length), (half + (lean * leanFrom)) / length);
        faces[^1] = new(new(-1 / length, 0, lean / length), (half + (lean * leanFrom)) / length);
        return faces;
    }

    /// <summary>A pyramid on a regular base about the z axis, from -<paramref name="half"/> to its tip at +<paramref name="half"/>.</summary>
    public static Face[] Pyramid(int sides, double radius, double half)
    {
        Face[] faces = new Face[sides + 1];
        for (int i = 0; i < sides; i++)
        {
            (double sin, double cos) = Math.SinCos(2 * Math.PI * i / sides);
            Vec3 normal = new Vec3(cos, sin, radius / (2 * half)).Unit();
            faces[i] = new(normal, normal.Z * half);
        }

        faces[sides] = new(-Vec3.Up, half);
        return faces;
    }
}
