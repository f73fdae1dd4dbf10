using System.Globalization;
using System.Net;
using System.Text;

namespace DiTask.Model.Charts;

/// <summary>Text of one picture: a part of a page, or a file of its own.</summary>
/// <param name="width">Units of the drawing; the page scales it down where it is narrower.</param>
/// <param name="height">Units of the drawing.</param>
/// <param name="label">What it shows, for those who cannot see it.</param>
internal sealed class Svg(double width, double height, string label)
{
    // Smaller than that words cannot be read: the page scrolls the drawing instead.
    private const double Readable = 0.85;

    // Of the widest letters that names have, at the size of words: room that is enough, not exact.
    private const double LetterWidth = 7.4;

    private readonly StringBuilder body = new();

    /// <summary>Units of the drawing.</summary>
    public double Width => width;

    /// <summary>Units of the drawing.</summary>
    public double Height => height;

    /// <summary>Colours of the tasks, by index; more tasks than the method knows begin again.</summary>
    public static string Color(int index) => $"var(--c{index % 6})";

    /// <summary>A number for a drawing.</summary>
    public static string Place(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>Text that is safe in a page.</summary>
    public static string Safe(string text) => WebUtility.HtmlEncode(text);

    /// <summary>Room that words take.</summary>
    public static double WidthOf(string text) => LetterWidth * text.Length;

    /// <summary>A rectangle; <paramref name="tip"/> shows when one points at it.</summary>
    public void Box(double x, double y, double w, double h, string fill, double opacity = 1, string? tip = null, double radius = 2) => body.Append(
        $"<rect x=\"{Place(x)}\" y=\"{Place(y)}\" width=\"{Place(Math.Max(0, w))}\" height=\"{Place(h)}\" rx=\"{Place(radius)}\" fill=\"{fill}\" fill-opacity=\"{Place(opacity)}\">{(tip is null ? "" : $"<title>{Safe(tip)}</title>")}</rect>");

    /// <summary>Words. The anchor is start, middle or end.</summary>
    public void Text(double x, double y, string text, string anchor = "start", string style = "t") =>
        body.Append($"<text x=\"{Place(x)}\" y=\"{Place(y)}\" text-anchor=\"{anchor}\" class=\"{style}\">{Safe(text)}</text>");

    /// <summary>A straight line.</summary>
    public void Line(double x1, double y1, double x2, double y2, string style = "grid") =>
        body.Append($"<line x1=\"{Place(x1)}\" y1=\"{Place(y1)}\" x2=\"{Place(x2)}\" y2=\"{Place(y2)}\" class=\"{style}\"/>");

    /// <summary>A line through points.</summary>
    public void Path(IEnumerable<(double X, double Y)> points, string color, string style = "line", string? tip = null) => body.Append(
        $"<polyline points=\"{string.Join(' ', points.Select(point => $"{Place(point.X)},{Place(point.Y)}"))}\" class=\"{style}\" style=\"stroke:{color}\">{(tip is null ? "" : $"<title>{Safe(tip)}</title>")}</polyline>");

    /// <summary>A dot.</summary>
    public void Dot(double x, double y, string color) => body.Append($"<circle cx=\"{Place(x)}\" cy=\"{Place(y)}\" r=\"3.5\" fill=\"{color}\" class=\"dot\"/>");

    /// <summary>Another drawing, at a place of this one.</summary>
    public void Add(double x, double y, Svg part) => body.Append($"<g transform=\"translate({Place(x)} {Place(y)})\">{part.body}</g>");

    /// <summary>The drawing as a file of its own on white ground: no script, no font, nothing fetched.</summary>
    public string ToFile() =>
        $"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Place(width)} {Place(height)}" width="{Place(width)}" height="{Place(height)}" role="img" aria-label="{Safe(label)}">
        <style>
        {ChartStyle.File}
        </style>
        <rect width="100%" height="100%" fill="#ffffff"/>
        {body}
        </svg>

        """;

    /// <summary>The drawing as a part of a page.</summary>
    public override string ToString() =>
        $"<svg viewBox=\"0 0 {Place(width)} {Place(height)}\" style=\"min-width:{Place(Readable * width)}px;max-width:{Place(width)}px\" role=\"img\" aria-label=\"{Safe(label)}\">{body}</svg>";
}
