namespace DiTask.Model.Charts;

/// <summary>Small line charts beside each other, with one legend.</summary>
/// <param name="Title">What all of them show.</param>
/// <param name="Caption">How it is to be read.</param>
/// <param name="Legend">Lines that the charts have, each named once.</param>
/// <param name="Panels">The charts, each below its own title.</param>
internal sealed record LineGrid(string Title, string Caption, IReadOnlyList<LineGrid.Key> Legend, IReadOnlyList<LineChart> Panels)
{
    private const int MostColumns = 3;
    private const double PanelWidth = 310;
    private const double PanelHeight = 190;
    private const double TitleHeight = 26;
    private const double Gap = 14;
    private const double Edge = 16;
    private const double Sample = 22;
    private const double LineHeight = 20;

    /// <summary>The picture.</summary>
    public Svg Picture()
    {
        int columns = Math.Clamp(Panels.Count, 2, MostColumns);
        double width = (2 * Edge) + (columns * (PanelWidth + Gap)) - Gap;
        (double X, double Y)[] places = [.. Flow(width)];
        double top = places.Select(place => place.Y).DefaultIfEmpty(52).Max() + LineHeight;
        int rows = (Panels.Count + columns - 1) / columns;
        Svg svg = new(width, top + (rows * (TitleHeight + PanelHeight + Gap)), Title);
        svg.Text(Edge, 26, Title, style: "h");
        svg.Text(Edge, 46, Caption, style: "a");
        foreach ((Key key, (double x, double y)) in Legend.Zip(places))
        {
            svg.Path([(x, y - 4), (x + Sample, y - 4)], key.Color, key.Style);
            svg.Text(x + Sample + 6, y, key.Name);
        }

        for (int index = 0; index < Panels.Count; index++)
        {
            double x = Edge + (index % columns * (PanelWidth + Gap));
            double y = top + (index / columns * (TitleHeight + PanelHeight + Gap));
            svg.Text(x, y + 16, Panels[index].Label);
            svg.Add(x, y + TitleHeight, (Panels[index] with { Width = PanelWidth, Height = PanelHeight }).Picture());
        }

        return svg;
    }

    // Names follow each other as words do.
    private IEnumerable<(double X, double Y)> Flow(double width)
    {
        (double x, double y) = (Edge, 72);
        foreach (Key key in Legend)
        {
            double room = Sample + 6 + Svg.WidthOf(key.Name);
            if (x > Edge && x + room > width - Edge)
            {
                (x, y) = (Edge, y + LineHeight);
            }

            yield return (x, y);
            x += room + 18;
        }
    }

    /// <summary>A line of the legend.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Color">Its colour.</param>
    /// <param name="Style">line, or dash.</param>
    internal sealed record Key(string Name, string Color, string Style = "line");
}
