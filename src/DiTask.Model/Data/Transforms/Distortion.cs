namespace DiTask.Model.Data.Transforms;

/// <summary>What one draw does to a picture: first mirrored, then turned and zoomed about its middle.</summary>
/// <param name="Flip">Mirrored left to right.</param>
/// <param name="AngleDegrees">Counter-clockwise as seen on the screen.</param>
/// <param name="Scale">Above 1 enlarges.</param>
internal readonly record struct Distortion(bool Flip, double AngleDegrees, double Scale)
{
    public static Distortion None { get; } = new(false, 0, 1);

    /// <summary>Neither turned nor zoomed.</summary>
    public bool IsUpright => AngleDegrees == 0 && Scale == 1;

    public double Cos => Math.Cos(AngleDegrees * Math.PI / 180);

    public double Sin => Math.Sin(AngleDegrees * Math.PI / 180);

    /// <summary>From pixels of the distorted picture at <paramref name="size"/> x <paramref name="size"/> to pixels of the source, flip included.</summary>
    /// <remarks>Pixels are squares here: the middle of pixel 0 is 0.5, and the middle of the picture stays where it is.</remarks>
    public AffineMap ToSource(int width, int height, int size)
    {
        Distortion distortion = this;
        return AffineMap.Of((x, y) =>
        {
            (double u, double v) = distortion.Undo((x + 0.5) * width / size, (y + 0.5) * height / size, width, height);
            return ((distortion.Flip ? width - u : u) - 0.5, v - 0.5);
        });
    }

    /// <summary>From pixels of the distorted picture to those of the picture before, at the same size and without the flip, as the reference has it.</summary>
    /// <remarks>The reference turns about (width / 2, height / 2) in coordinates where the middle of pixel 0 is 0.</remarks>
    public AffineMap ToSourceOfReference(int width, int height)
    {
        Distortion distortion = this;
        return AffineMap.Of((x, y) => distortion.Undo(x, y, width, height));
    }

    private (double X, double Y) Undo(double x, double y, int width, int height)
    {
        double acrossMiddle = x - (width / 2.0), downMiddle = y - (height / 2.0);
        return (
            (width / 2.0) + (((Cos * acrossMiddle) - (Sin * downMiddle)) / Scale),
            (height / 2.0) + (((Sin * acrossMiddle) + (Cos * downMiddle)) / Scale));
    }
}
