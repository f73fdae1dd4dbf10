using System.Globalization;
using DiTask.Model.Evaluation.Reports;

namespace DiTask.Cli.Compare.Report;

/// <summary>Which pictures the results come from.</summary>
internal static class MeasuredOn
{
    /// <summary>Data sets with their numbers of pictures, as the runs' evaluations have them. More than one means that rows do not compare.</summary>
    /// <exception cref="InvalidDataException">An evaluation cannot be read.</exception>
    public static IReadOnlyList<string> Read(IReadOnlyList<ComparedRow> rows, string folder) =>
        [.. rows.SelectMany(row => row.Runs.Select(run => ComparisonRuns.FolderOf(folder, row.Name, run.Seed)))
            .Where(Directory.Exists)
            .SelectMany(path => Directory.GetDirectories(path).Prepend(path))
            .Select(path => Path.Combine(path, ComparisonRuns.EvaluationName))
            .Where(File.Exists)
            .Select(file => Text(EvaluationReport.Read(file).Dataset))
            .Distinct()];

    private static string Text(ReportDataset data) => string.Create(
        CultureInfo.InvariantCulture, $"{data.Name}, {data.Images:N0}{(data.Images == data.Available ? "" : $" of {data.Available:N0}")} pictures");
}
