using DiTask.Model.Charts;

namespace DiTask.Cli.Compare.Report;

/// <summary>Puts names beside dots so that no name covers another, or a dot: each takes the nearest place that is free, with a line to its dot where that is far.</summary>
internal static class LabelPlacer
{
    private const double Near = 8;
    private const double HalfHeight = 8;
    private const double DotSize = 5;
    private const double Far = 14;
    private static readonly double[] Asides = [Near, 26, 48, 76, 110, 150, 200];

    /// <summary>A place for each name.</summary>
    /// <param name="dots">Dots with their names.</param>
    /// <param name="left">Edge of the room for names.</param>
    /// <param name="top">Edge of the room for names.</param>
    /// <param name="right">Edge of the room for names.</param>
    /// <param name="bottom">Edge of the room for names.</param>
    public static IEnumerable<Label> Place(IReadOnlyList<Dot> dots, double left, double top, double right, double bottom)
    {
        List<Label> placed = [];
        foreach (Dot dot in dots.OrderBy(dot => dot.Y).ThenBy(dot => dot.X))
        {
            Label[] inside = [.. Candidates(dot, bottom - top).Where(label => label.Box is var box && box.Left >= left && box.Right <= right && box.Top >= top && box.Bottom <= bottom)];
            placed.Add(Array.Find(inside, IsFree) ?? inside.FirstOrDefault() ?? new Label(dot, dot.X + Near, dot.Y, false));
        }

        return placed;

        bool IsFree(Label label) =>
            !placed.Exists(other => other.Box.Meets(label.Box) || Crosses(label, other.Box) || Crosses(other, label.Box))
            && !dots.Any(other => other != label.Dot && (label.Box.Meets(new Box(other.X - DotSize, other.Y - DotSize, other.X + DotSize, other.Y + DotSize))));
    }

    private static IEnumerable<Label> Candidates(Dot dot, double height) =>
        from step in Enumerable.Range(0, (int)(height / HalfHeight))
        from down in step == 0 ? (double[])[0] : [-step * HalfHeight, step * HalfHeight]
        from aside in Asides
        from isLeft in (bool[])[false, true]
        orderby Math.Abs(down) + aside + (isLeft ? 1 : 0)
        select new Label(dot, dot.X + (isLeft ? -aside : aside), dot.Y + down, isLeft);

    // A line of points is fine enough for boxes of this size.
    private static bool Crosses(Label line, Box box) => line.IsFar && Enumerable.Range(0, 33).Any(at => box.Contains(
        line.Dot.X + ((line.X - line.Dot.X) * at / 32), line.Dot.Y + ((line.Y - line.Dot.Y) * at / 32)));

    /// <summary>A dot with its name.</summary>
    internal sealed record Dot(double X, double Y, string Name);

    /// <summary>Where a name begins, or ends if it is to the left of its dot.</summary>
    internal sealed record Label(Dot Dot, double X, double Y, bool IsLeft)
    {
        /// <summary>Whether a line must lead to it.</summary>
        public bool IsFar => Math.Abs(X - Dot.X) + Math.Abs(Y - Dot.Y) > Far;

        /// <summary>The room that it takes.</summary>
        public Box Box => IsLeft
            ? new Box(X - 3 - Svg.WidthOf(Dot.Name), Y - HalfHeight, X, Y + HalfHeight)
            : new Box(X, Y - HalfHeight, X + 3 + Svg.WidthOf(Dot.Name), Y + HalfHeight);
    }

    /// <summary>A rectangle.</summary>
    internal readonly record struct Box(double Left, double Top, double Right, double Bottom)
    {
        /// <summary>Whether two have a point in common.</summary>
        public bool Meets(Box other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;

        /// <summary>Whether a point is in it.</summary>
        public bool Contains(double x, double y) => x > Left && x < Right && y > Top && y < Bottom;
    }
}
