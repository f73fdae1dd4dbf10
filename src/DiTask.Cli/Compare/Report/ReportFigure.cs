namespace DiTask.Cli.Compare.Report;

/// <summary>A figure of a report.</summary>
/// <param name="File">Name of its file, beside the page.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Svg">The drawing.</param>
internal sealed record ReportFigure(string File, string Title, string Svg);
