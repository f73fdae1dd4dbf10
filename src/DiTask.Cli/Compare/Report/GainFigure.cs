using System.Globalization;
using DiTask.Model.Charts;

namespace DiTask.Cli.Compare.Report;

/// <summary>Delta-m of each row: a bar for the mean, a whisker for its spread, a dot for every seed.</summary>
internal static class GainFigure
{
    private const double Width = 860;
    private const double Top = 64;
    private const double Row = 28;
    private const double Bar = 18;
    private const double Bottom = 30;
    private const double Edge = 16;
    private const double Numbers = 118;
    private const double Cap = 5;
    private const string Better = "#0072b2";
    private const string Worse = "#d55e00";

    /// <summary>The picture.</summary>
    /// <param name="rows">Rows with Delta-m.</param>
    public static string Draw(IReadOnlyList<ComparedRow> rows)
    {
        double left = Edge + rows.Max(row => Svg.WidthOf(row.Name)) + 10;
        double right = Width - Numbers;
        double bottom = Top + (rows.Count * Row);
        (double low, double high) = Range(rows);
        Svg svg = new(Width, bottom + Bottom, "Delta-m of each row");
        svg.Text(Edge, 26, "Delta-m: mean gain over single-task networks, percent", style: "h");
        svg.Text(Edge, 46, $"Bar: mean over the seeds. Whisker: one standard deviation (n - 1). Dot: a seed.{(rows.Any(row => Math.Min(row.Delta, 0) < low) ? " A broken bar goes on." : "")}", style: "a");
        foreach (double tick in Ticks.Between(low, high, 6))
        {
            svg.Line(X(tick), Top, X(tick), bottom, tick == 0 ? "zero" : "grid");
            svg.Text(X(tick), bottom + 18, tick.ToString("+0.##;-0.##;0", CultureInfo.InvariantCulture), "middle", "a");
        }

        for (int index = 0; index < rows.Count; index++)
        {
            Draw(rows[index], Top + (index * Row) + (Row / 2));
        }

        return svg.ToFile();

        double X(double value) => left + ((right - left) * (value - low) / (high - low));

        void Draw(ComparedRow row, double y)
        {
            string color = row.Delta < 0 ? Worse : Better;
            double end = Math.Max(row.Delta, low);
            svg.Text(left - 10, y + 4, row.Name, "end");
            svg.Box(Math.Min(X(0), X(end)), y - (Bar / 2), Math.Abs(X(end) - X(0)), Bar, color, 0.35, radius: 1);
            svg.Text(right + 12, y + 4, string.Create(CultureInfo.InvariantCulture, $"{row.Delta:+0.00;-0.00;0.00}{(row.Deviation is { } number ? $" ±{number:F2}" : "")}"), style: "n");
            if (end > row.Delta)
            {
                svg.Path([(left + 12, y - Bar), (left + 6, y + Bar)], "#ffffff", "line");
                svg.Path([(left + 17, y - Bar), (left + 11, y + Bar)], "#ffffff", "line");
                return;
            }

            // Seeds one above the other, or equal ones would hide each other.
            double step = Math.Min(5, Bar / row.Deltas.Count);
            for (int seed = 0; seed < row.Deltas.Count; seed++)
            {
                svg.Dot(X(row.Deltas[seed]), y + (step * (seed - ((row.Deltas.Count - 1) / 2.0))), color);
            }

            if (row.Deviation is { } deviation)
            {
                (double from, double to) = (X(row.Delta - deviation), X(row.Delta + deviation));
                svg.Line(from, y, to, y, "ink");
                svg.Line(from, y - Cap, from, y + Cap, "ink");
                svg.Line(to, y - Cap, to, y + Cap, "ink");
            }
        }
    }

    // What looks at no picture may be far below; the others shall not be squeezed by it.
    private static (double Low, double High) Range(IReadOnlyList<ComparedRow> rows)
    {
        IEnumerable<ComparedRow> shown = rows.Any(row => row.IsTrained) ? rows.Where(row => row.IsTrained) : rows;
        double[] values = [0, .. shown.SelectMany(row => row.Deltas.Append(row.Delta - (row.Deviation ?? 0)).Append(row.Delta + (row.Deviation ?? 0)))];
        double margin = Math.Max((values.Max() - values.Min()) * 0.03, 0.01);
        return (values.Min() - margin, values.Max() + margin);
    }
}
