using System.Globalization;
using DiTask.Model.Charts;

namespace DiTask.Cli.Compare.Report;

/// <summary>What parameters are worth: Delta-m against how many are trained beside those of the heads.</summary>
internal static class ParameterFigure
{
    private const double Width = 860;
    private const double Height = 560;
    private const double Left = 64;
    private const double Right = 844;
    private const double Top = 64;
    private const double Bottom = 504;
    private const double Edge = 16;

    // Zero has no place on a logarithmic axis: a column of its own, before the axis begins.
    private const double ZeroWidth = 130;

    private const double ZeroAt = 16;

    private static readonly string Color = ChartStyle.Colors[0];

    /// <summary>The picture.</summary>
    /// <param name="rows">Trained rows with Delta-m.</param>
    public static string Draw(IReadOnlyList<ComparedRow> rows)
    {
        double[] counts = [.. rows.Where(row => row.Parameters > 0).Select(row => Math.Log10(row.Parameters)).DefaultIfEmpty(0)];
        (double first, double last) = (Math.Floor(counts.Min()), Math.Floor(counts.Max()) + 1);
        double start = rows.Any(row => row.Parameters == 0) ? Left + ZeroWidth : Left;
        double low = Math.Min(0, rows.Min(row => row.Delta));
        double high = Math.Max(0, rows.Max(row => row.Delta));
        double margin = Math.Max((high - low) * 0.06, 0.01);
        (low, high) = (low - margin, high + margin);
        Svg svg = new(Width, Height, "Delta-m against trained parameters");
        svg.Text(Edge, 26, "Delta-m in percent, and what it takes", style: "h");
        svg.Text(Edge, 46, "Dot: mean over the seeds. To the right: trained parameters other than those of the heads, logarithmic.", style: "a");
        foreach (double tick in Ticks.Between(low, high, 6))
        {
            svg.Line(Left, Y(tick), Right, Y(tick), tick == 0 ? "zero" : "grid");
            svg.Text(Left - 8, Y(tick) + 4, tick.ToString("+0.##;-0.##;0", CultureInfo.InvariantCulture), "end", "a");
        }

        for (double power = first; power <= last; power++)
        {
            svg.Line(X(power), Top, X(power), Bottom);
            svg.Text(X(power), Bottom + 18, Math.Pow(10, power).ToString("N0", CultureInfo.InvariantCulture), power == last ? "end" : "middle", "a");
        }

        if (start > Left)
        {
            svg.Line(start, Top, start, Bottom, "zero");
            svg.Text(Left + ZeroAt, Bottom + 18, "none", "middle", "a");
        }

        svg.Text((start + Right) / 2, Bottom + 40, "trained parameters other than those of the heads", "middle", "a");
        LabelPlacer.Dot[] dots = [.. rows.Select(row => new LabelPlacer.Dot(row.Parameters == 0 ? Left + ZeroAt : X(Math.Log10(row.Parameters)), Y(row.Delta), row.Name))];
        LabelPlacer.Label[] labels = [.. LabelPlacer.Place(dots, Left, Top, Right, Bottom)];
        foreach (LabelPlacer.Label label in labels.Where(label => label.IsFar))
        {
            svg.Line(label.Dot.X, label.Dot.Y, label.X, label.Y, "zero");
        }

        foreach (LabelPlacer.Label label in labels)
        {
            svg.Dot(label.Dot.X, label.Dot.Y, Color);
            svg.Text(label.X + (label.IsLeft ? -3 : 3), label.Y + 4, label.Dot.Name, label.IsLeft ? "end" : "start", "o");
        }

        return svg.ToFile();

        double X(double power) => start + 30 + ((Right - start - 30) * (power - first) / (last - first));

        double Y(double value) => Top + ((Bottom - Top) * (high - value) / (high - low));
    }
}
