using System.Globalization;
using DiTask.Model.Charts;
using DiTask.Model.Diagnosis.Signals;

namespace DiTask.Model.Diagnosis.Reports;

/// <summary>The report as one page: no script, nothing fetched, readable by day and by night.</summary>
internal static class HtmlReport
{
    /// <summary>The page.</summary>
    public static string Write(DiagnosisReport report) => $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Diagnosis of {Svg.Safe(report.Checkpoint)}</title>
        <style>
        {ReportStyle.Css}
        </style>
        </head>
        <body>
        <main>
        <h1>Do these tasks belong together?</h1>
        <div class="facts">{Facts(report)}</div>
        <div class="card verdict {report.Verdict.Advice}"><h2>{Svg.Safe(report.Verdict.Headline)}</h2><p>{Svg.Safe(report.Verdict.Text)}</p><p class="soft">Stage by stage: {Svg.Safe(report.Split.Text)}</p></div>
        <div class="row wide signals">{string.Concat(report.Signals.Select(Card))}</div>
        {GradientSection.Write(report)}
        {TransferSection.Write(report)}
        {CostSection.Write(report)}
        {SpectraSection.Write(report)}
        {Configs(report)}
        {Notes(report)}
        </main>
        </body>
        </html>

        """;

    private static string Facts(DiagnosisReport report)
    {
        ReportSettings settings = report.Settings;
        string[] facts =
        [
            report.Checkpoint,
            $"data {report.Dataset}",
            $"{string.Join(", ", report.Tasks)}",
            $"adapter {settings.Adapter}",
            $"{settings.Batches} batches of {settings.BatchSize}",
            string.Create(CultureInfo.InvariantCulture, $"{settings.Steps} steps at rate {settings.Rate:0.######}"),
            string.Create(CultureInfo.InvariantCulture, $"lookahead {settings.LookaheadRate:0.######}"),
            report.Created.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture),
            report.Tool,
        ];
        return string.Concat(facts.Select(fact => $"<span>{Svg.Safe(fact)}</span>"));
    }

    private static string Card(Signal signal, int index)
    {
        (string style, string word) = signal.State switch
        {
            SignalState.Present => ("present", "present"),
            SignalState.Absent => ("absent", "absent"),
            _ => ("unknown", "not judged"),
        };
        return $"<div class=\"card\"><h3>{index + 1}. {Svg.Safe(signal.Name)}<span class=\"badge {style}\">{word}</span></h3><p>{Svg.Safe(signal.Text)}</p></div>";
    }

    // Two ways to go on; which one is what the verdict says.
    private static string Configs(DiagnosisReport report) => report.Verdict.Advice != Verdict.Split ? "" :
        HtmlText.Heading("Configurations to run", "Shared and separate, for ditask train.")
        + string.Concat(report.Configs.Select(config => $"<details class=\"card\"><summary>{Svg.Safe(config.Name)}</summary><pre>{Svg.Safe(config.Yaml)}</pre></details>"));

    private static string Notes(DiagnosisReport report) => report.Notes.Count == 0 ? "" :
        $"<h2>Notes</h2><ul class=\"soft\">{string.Concat(report.Notes.Select(note => $"<li>{Svg.Safe(note)}</li>"))}</ul>";
}
