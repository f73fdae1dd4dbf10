using System.Globalization;
using DiTask.Model.Charts;
using DiTask.Model.Training.Runs;

namespace DiTask.Cli.Compare.Report;

/// <summary>Learning curves: a panel for each task, a line for each row.</summary>
internal static class CurveFigure
{
    private const int MostByDefault = 6;

    /// <summary>The picture; null where no run has steps.</summary>
    /// <param name="comparison">Says which rows; the first ones if it does not.</param>
    /// <param name="rows">The rows that are done.</param>
    /// <param name="tasks">Tasks in order.</param>
    /// <param name="folder">Folder of the runs.</param>
    /// <exception cref="InvalidDataException">A table of steps cannot be read.</exception>
    public static string? Draw(Comparison comparison, IReadOnlyList<ComparedRow> rows, IReadOnlyList<string> tasks, string folder)
    {
        IEnumerable<ComparedRow> wanted = comparison.Curves.Count > 0 ? comparison.Curves.SelectMany(name => rows.Where(row => row.Name == name)) : rows.Where(row => row.IsTrained).Take(MostByDefault);
        (string Name, string Color, LossTable[] Tables)[] lines =
            [.. wanted.Select(row => (row.Name, Tables: Tables(row, tasks, folder))).Where(row => row.Tables.Length > 0).Select((row, index) => (row.Name, ChartStyle.Colors[index], row.Tables))];
        if (lines.Length == 0)
        {
            return null;
        }

        long last = lines.SelectMany(line => line.Tables).Max(table => table.Steps[^1]);
        LineChart[] panels = [.. tasks.Select(task => new LineChart(task, [.. lines.Select(line => (line, Tables: Having(line.Tables, task))).Where(item => item.Tables.Length > 0).Select(item => LossCurve.Of(item.line.Name, item.Tables, task, last, item.line.Color))])
        {
            HasZero = false,
            IsLogarithmic = true,
            Axis = ("step 1", string.Create(CultureInfo.InvariantCulture, $"step {last:N0}")),
        })];
        return new LineGrid("Training loss, task by task", $"Mean over the seeds; {LossCurve.Meaning(last)}; logarithmic.", [.. lines.Select(line => new LineGrid.Key(line.Name, line.Color))], panels).Picture().ToFile();
    }

    private static LossTable[] Having(LossTable[] tables, string task) => [.. tables.Where(table => table.Losses.Any(losses => losses.Task == task))];

    private static LossTable[] Tables(ComparedRow row, IReadOnlyList<string> tasks, string folder) =>
        [.. row.Runs.Select(run => ComparisonRuns.FolderOf(folder, row.Name, run.Seed))
            .SelectMany(path => row.Name == Comparison.SingleRow ? tasks.Select(task => Path.Combine(path, task)) : [Path.Combine(path, ComparisonRuns.TrainedName)])
            .Select(LossTable.Read)
            .OfType<LossTable>()
            .Where(table => table.Steps.Count > 0)];
}
