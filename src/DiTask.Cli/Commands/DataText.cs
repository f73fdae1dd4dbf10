using System.Globalization;
using DiTask.Model.Data.Checks;

namespace DiTask.Cli.Commands;

/// <summary>The report of <c>ditask data check</c> for people.</summary>
internal static class DataText
{
    private const int MostOfAKind = 20;
    private const int MostClasses = 8;

    public static void Write(DatasetReport report, TextWriter output)
    {
        output.WriteLine(Invariant($"{TerminalText.Clean(report.Folder)}: {report.Format.ToString().ToLowerInvariant()}, {Count(report.Pictures, "picture")}"));
        if (report.Splits.Count > 0)
        {
            output.WriteLine("lists       " + TerminalText.Clean(string.Join(", ", report.Splits.Select(split => Invariant($"{split.Name} {split.Pictures}")))));
        }

        foreach (TaskReport task in report.Tasks)
        {
            WriteTask(task, report.Pictures, output);
        }

        string prefix = "'" + Path.TrimEndingDirectorySeparator(report.Folder) + Path.DirectorySeparatorChar;
        foreach (IGrouping<(ProblemSeverity Severity, string Kind), DatasetProblem> kind in report.Problems.GroupBy(problem => (problem.Severity, problem.Kind)))
        {
            output.WriteLine();
            output.WriteLine(Invariant($"{(kind.Key.Severity == ProblemSeverity.Error ? "ERROR" : "warning")}: {kind.Key.Kind} ({kind.Count()})"));
            foreach (DatasetProblem problem in kind.Take(MostOfAKind))
            {
                // Every path would begin with what the first line says.
                output.WriteLine("  " + TerminalText.Clean(problem.Message.Replace(prefix, "'", StringComparison.Ordinal)));
            }

            if (kind.Count() > MostOfAKind)
            {
                output.WriteLine(Invariant($"  and {kind.Count() - MostOfAKind} more; --json lists all"));
            }
        }

        int errors = report.Problems.Count(problem => problem.Severity == ProblemSeverity.Error);
        output.WriteLine();
        output.WriteLine(Invariant($"{(errors == 0 ? "Usable" : "Not usable")}: {Count(errors, "error")}, {Count(report.Problems.Count - errors, "warning")}."));
    }
    private static void WriteTask(TaskReport task, int pictures, TextWriter output)
    {
        output.Write(Invariant($"{task.Task,-11} labelled {task.Labelled} of {pictures}, unknown {100 * task.VoidShare:F1} % of the pixels"));
        if (task.Classes.Count > 0)
        {
            ClassReport[] present = [.. task.Classes.Where(item => item.Pictures > 0).OrderByDescending(item => item.Share)];
            string shares = string.Join(", ", present.Take(MostClasses).Select(item => Invariant($"{item.Name} {100 * item.Share:F1} %")));
            string rest = present.Length > MostClasses ? Invariant($" and {present.Length - MostClasses} more") : "";
            output.Write(TerminalText.Clean(Invariant($"; {present.Length} of {task.Classes.Count} classes: {shares}{rest}")));
        }
        else if (task.Task == "depth" && task.Mean is not null)
        {
            output.Write(Invariant($"; {task.Least:0.##} to {task.Most:0.##} m, mean {task.Mean:0.##}"));
        }
        else if (task.Mean is not null)
        {
            output.Write(Invariant($"; {100 * task.Mean:F1} % ones"));
        }

        output.WriteLine();
    }

    private static string Count(int count, string what) => Invariant($"{count} {what}{(count == 1 ? "" : "s")}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
