namespace DiTask.Synth.Geometry;

/// <summary>The rectangle of floor that something stands on.</summary>
internal readonly record struct Footprint(double X, double Y, double HalfX, double HalfY, double Angle)
{
    /// <summary>Whether two rectangles share a point.</summary>
    public bool Overlaps(in Footprint other) => !IsApart(this, other) && !IsApart(other, this);

    /// <summary>The rectangle with a border.</summary>
    public Footprint Grow(double by) => this with { HalfX = HalfX + by, HalfY = HalfY + by };

    /// <summary>Half sizes along the axes of the world.</summary>
    public (double X, double Y) Reach()
    {
        (double sin, double cos) = Math.SinCos(Angle);
        return ((HalfX * Math.Abs(cos)) + (HalfY * Math.Abs(sin)), (HalfX * Math.Abs(sin)) + (HalfY * Math.Abs(cos)));
    }

    // Two convex shapes are apart when one of their sides' directions parts them.
    private static bool IsApart(in Footprint a, in Footprint b)
    {
        (double sin, double cos) = Math.SinCos(a.Angle);
        double dx = b.X - a.X, dy = b.Y - a.Y;
        (double bx, double by) = (b with { Angle = b.Angle - a.Angle }).Reach();
        return Math.Abs((dx * cos) + (dy * sin)) > a.HalfX + bx || Math.Abs((dy * cos) - (dx * sin)) > a.HalfY + by;
    }
}
