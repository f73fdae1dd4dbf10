namespace DiTask.Model.Data.Transforms;

/// <summary>(x, y) to (Xx x + Xy y + X0, Yx x + Yy y + Y0).</summary>
internal readonly record struct AffineMap(double Xx, double Xy, double X0, double Yx, double Yy, double Y0)
{
    /// <summary>The map that agrees with <paramref name="map"/>, which is affine.</summary>
    public static AffineMap Of(Func<double, double, (double X, double Y)> map)
    {
        (double x0, double y0) = map(0, 0);
        (double xRight, double yRight) = map(1, 0);
        (double xDown, double yDown) = map(0, 1);
        return new AffineMap(xRight - x0, xDown - x0, x0, yRight - y0, yDown - y0, y0);
    }

    public (double X, double Y) At(int x, int y) => ((Xx * x) + (Xy * y) + X0, (Yx * x) + (Yy * y) + Y0);
}
