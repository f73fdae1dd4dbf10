using System.Globalization;
using System.Text;

namespace DiTask.Cli.Compare.Report;

/// <summary>The page of a comparison, as Markdown.</summary>
internal static class ReportPage
{
    private const string ClaimWords = """
        Gains are relative, in percent of the row that is measured against; above 0 is better. Runs of the same seed are compared with each other; a number is the mean over these seeds ± their standard deviation (n - 1). `mean` takes the mean over the tasks first, seed by seed. A gain is clear above two standard deviations: **met** is a clear mean gain, **not met** a mean as far below 0, **within noise** anything between. That is a rule of thumb for few seeds, not a test.
        """;

    /// <summary>The page.</summary>
    public static string Of(Comparison comparison, ReportSource source, string target, IReadOnlyList<ComparedRow> rows, IReadOnlyList<ReportFigure> figures)
    {
        StringBuilder page = new();
        IReadOnlyList<string> pictures = MeasuredOn.Read(rows, source.Out);
        page.Append(CultureInfo.InvariantCulture, $"""
            # Comparison {Path.GetFileNameWithoutExtension(source.File)}

            - measured on: {(pictures.Count == 0 ? "not known, no evaluation is beside the runs" : string.Join("; ", pictures))}, by the folded model of each run's end
            - seeds: {string.Join(", ", comparison.Seeds)}
            - every run: {Settings(comparison.Settings)}, on the configuration below
            - single-task networks: {(comparison.Single is { } single ? Settings(single) : "none")}

            {ComparisonTable.Of(comparison, rows)}
            Means over the seeds ± standard deviation (n - 1).{(comparison.Single is null ? "" : " Delta-m in percent, against the means of `single`.")} Times are those of the runs, beside whatever else the machine did.

            """);
        foreach (ReportFigure figure in figures)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n![{figure.Title}]({figure.File})\n");
        }

        if (comparison.Claims.Count > 0)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## Claims\n\n{ClaimTable.Of([.. comparison.Claims.Select(claim => ClaimResult.Of(claim, rows))])}\n{ClaimWords}\n");
        }

        page.Append(CultureInfo.InvariantCulture, $"""

            ## How to make it again

            All rows, and this page:

            ```
            {source.Command("--report", ReportSource.Shown(target))}
            ```

            One row, such as `{rows[^1].Name}`:

            ```
            {source.Command("--row", rows[^1].Name)}
            ```

            | row | changes |
            | --- | --- |
            {string.Concat(comparison.Rows.Select(row => $"| {row.Name} | {Settings(row.Settings)} |\n"))}
            Configuration of every run, before these changes:

            ```yaml
            {comparison.Base.TrimEnd()}
            ```

            """);
        return page.Replace("\r\n", "\n").ToString();
    }

    private static string Settings(IReadOnlyList<string> settings) => settings.Count == 0 ? "no changes" : string.Join(", ", settings.Select(setting => $"`{ReportSource.Setting(setting)}`"));
}
