using System.Globalization;
using DiTask.Model.Charts;

namespace DiTask.Model.Diagnosis.Reports;

/// <summary>Pieces of the page.</summary>
internal static class HtmlText
{
    /// <summary>A number with the same sign and digits everywhere.</summary>
    public static string Number(double value, string format) => double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) : "-";

    /// <summary>A heading with what it means below it.</summary>
    public static string Heading(string title, string meaning) => $"<h2>{Svg.Safe(title)}</h2><p class=\"soft\">{Svg.Safe(meaning)}</p>";

    /// <summary>A picture with its title in a card of its own.</summary>
    public static string Card(string title, string svg, string caption = "") =>
        $"<div class=\"card\"><figure><h3>{Svg.Safe(title)}</h3>{svg}{(caption.Length == 0 ? "" : $"<figcaption>{Svg.Safe(caption)}</figcaption>")}</figure></div>";

    /// <summary>A table; its first column holds names.</summary>
    public static string Table(IEnumerable<string> head, IEnumerable<IEnumerable<string>> rows) =>
        $"<div class=\"scroll\"><table><thead><tr>{string.Concat(head.Select(cell => $"<th>{Svg.Safe(cell)}</th>"))}</tr></thead><tbody>"
        + string.Concat(rows.Select(row => $"<tr>{string.Concat(row.Select(cell => $"<td>{Svg.Safe(cell)}</td>"))}</tr>")) + "</tbody></table></div>";
}
