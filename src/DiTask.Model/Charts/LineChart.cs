namespace DiTask.Model.Charts;

/// <summary>Lines over a common axis.</summary>
/// <param name="Label">What it shows.</param>
/// <param name="Series">The lines.</param>
internal sealed record LineChart(string Label, IReadOnlyList<LineChart.Line> Series)
{
    private const double Left = 44;
    private const double Bottom = 22;
    private const double Top = 8;

    /// <summary>Width of the drawing.</summary>
    public double Width { get; init; } = 640;

    /// <summary>Height of the drawing.</summary>
    public double Height { get; init; } = 260;

    /// <summary>Room for names at the lines' ends.</summary>
    public double Right { get; init; } = 12;

    /// <summary>Half the width of a shaded band around 0; 0 for none.</summary>
    public double Band { get; init; }

    /// <summary>Words under the axis, left and right.</summary>
    public (string First, string Last) Axis { get; init; } = ("", "");

    /// <summary>The vertical axis has 0 on it.</summary>
    public bool HasZero { get; init; } = true;

    /// <summary>The vertical axis is logarithmic, which shows a lead of ten percent alike at every height; not where a value is 0 or below.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>Most that the vertical axis shows at least: small numbers stay small.</summary>
    public double LeastSpan { get; init; }

    /// <summary>The picture, for a page.</summary>
    public string Draw() => Picture().ToString();

    /// <summary>The picture.</summary>
    public Svg Picture()
    {
        Svg svg = new(Width, Height, Label);
        double[] marks = HasZero ? [0, Band, -Band, LeastSpan, -LeastSpan] : [];
        double[] values = [.. Series.SelectMany(line => line.Values).Where(double.IsFinite), .. marks];
        bool isLog = IsLogarithmic && Array.TrueForAll(values, value => value > 0);
        double Scaled(double value) => isLog ? Math.Log10(value) : value;
        values = [.. values.Select(Scaled)];
        double low = values.DefaultIfEmpty(0).Min();
        double high = values.DefaultIfEmpty(1).Max();
        double margin = Math.Max((high - low) * 0.06, 1e-12);
        (low, high) = (low - margin, high + margin);
        double X(Line line, int index) => Left + ((Width - Left - Right) * (line.Places?[index] ?? (line.Values.Count < 2 ? 0.5 : (double)index / (line.Values.Count - 1))));
        double Y(double value) => Top + ((Height - Top - Bottom) * (high - Scaled(value)) / (high - low));
        if (Band > 0)
        {
            svg.Box(Left, Y(Band), Width - Left - Right, Y(-Band) - Y(Band), "var(--cell)", 1, "noise", 0);
        }

        foreach (double tick in isLog ? Ticks.Logarithmic(Math.Pow(10, low), Math.Pow(10, high)) : Ticks.Between(low, high))
        {
            svg.Line(Left, Y(tick), Width - Right, Y(tick), tick == 0 ? "zero" : "grid");
            svg.Text(Left - 6, Y(tick) + 4, tick.ToString("0.####", System.Globalization.CultureInfo.InvariantCulture), "end", "a");
        }

        svg.Text(Left, Height - 5, Axis.First, "start", "a");
        svg.Text(Width - Right, Height - 5, Axis.Last, "end", "a");
        foreach (Line line in Series)
        {
            foreach (IEnumerable<(double, double)> part in Parts(line.Values, (value, index) => (X(line, index), Y(value))))
            {
                svg.Path(part, line.Color, line.Style, line.Name);
            }
        }

        Names(svg, Y);
        return svg;
    }

    // Names beside the lines' ends, moved apart where they would cover each other.
    private void Names(Svg svg, Func<double, double> y)
    {
        const double apart = 15;
        if (Right < 40)
        {
            return;
        }

        double last = double.NegativeInfinity;
        foreach (Line line in Series.Where(line => line.Values.Count > 0).OrderBy(line => y(line.Values[^1])))
        {
            last = Math.Max(y(line.Values[^1]), last + apart);
            svg.Dot(Width - Right + 10, last, line.Color);
            svg.Text(Width - Right + 18, last + 4, line.Name);
        }
    }

    // A line is broken where a value is not a number.
    private static IEnumerable<IEnumerable<(double X, double Y)>> Parts(IReadOnlyList<double> values, Func<double, int, (double X, double Y)> place)
    {
        List<(double X, double Y)> part = [];
        for (int index = 0; index < values.Count; index++)
        {
            if (double.IsFinite(values[index]))
            {
                part.Add(place(values[index], index));
            }
            else if (part.Count > 0)
            {
                yield return part;
                part = [];
            }
        }

        yield return part;
    }

    /// <summary>One line.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Values">Its values.</param>
    /// <param name="Color">Its colour.</param>
    /// <param name="Style">line, or dash.</param>
    /// <param name="Places">Where on the axis each value is, 0 to 1; null for evenly spaced ones.</param>
    internal sealed record Line(string Name, IReadOnlyList<double> Values, string Color, string Style = "line", IReadOnlyList<double>? Places = null);
}
