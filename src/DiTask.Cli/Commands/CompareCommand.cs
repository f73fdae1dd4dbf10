using System.CommandLine;
using DiTask.Cli.Compare;
using DiTask.Cli.Compare.Report;
using DiTask.Cli.Train;
using DiTask.Model.Training;

namespace DiTask.Cli.Commands;

/// <summary><c>ditask compare</c>: adapters, or anything else of a configuration, side by side.</summary>
internal static class CompareCommand
{
    public static Command Create()
    {
        Argument<string> file = new("FILE") { Description = "A YAML file with base, single, rows and seeds; see docs/comparison.md." };
        Option<string> output = new("--out") { Description = "Folder of the runs. Runs that are there go on, and those that are done stay.", HelpName = "DIR", Required = true };
        Option<string[]> settings = new("--set") { Description = "Change a value of every run, such as data.path=DIR. May be given often.", HelpName = "KEY=VALUE", DefaultValueFactory = _ => [] };
        Option<string[]> rows = new("--row") { Description = "Only these rows; 'single' is that of the single-task networks, 'constant' and 'position' look at no picture, 'linear-probe' trains no network. May be given often.", HelpName = "NAME", DefaultValueFactory = _ => [] };
        Option<string> split = new("--split") { Description = "Pictures that the results are measured on.", DefaultValueFactory = _ => "test" };
        Option<bool> table = new("--table") { Description = "Train nothing; print the table of the runs that are done." };
        Option<string?> report = new("--report") { Description = "Write a page with the table, the claims and figures of the runs that are done: NAME.md and NAME-*.svg, after FILE.", HelpName = "FOLDER" };
        Command command = new("compare", "Train several configurations with several seeds, measure them, and make a table.") { file, output, settings, rows, split, table, report };
        command.SetAction((parsed, cancellation) => Task.Run(() => GuardedCommand.Run("compare", "the same command goes on from here", parsed.InvocationConfiguration.Error, () =>
        {
            TextWriter console = parsed.InvocationConfiguration.Output;
            string folder = parsed.GetRequiredValue(output);
            Comparison comparison = Comparison.Read(parsed.GetRequiredValue(file), parsed.GetRequiredValue(settings));
            string[] only = parsed.GetRequiredValue(rows);
            string[] unknown = [.. only.Except(comparison.AllRows)];
            if (unknown.Length > 0)
            {
                throw new TrainingException($"--row is one of {string.Join(", ", comparison.AllRows)}; found {string.Join(", ", unknown)}");
            }

            if (!parsed.GetValue(table))
            {
                new ComparisonRuns(comparison, folder, parsed.GetRequiredValue(split), new TrainingConsole(isQuiet: true), console).Run(only, cancellation);
            }

            IReadOnlyList<ComparedRow> done = ComparedRow.Read(comparison, folder);
            console.Write(ComparisonTable.Of(comparison, done));
            if (parsed.GetValue(report) is { } target)
            {
                ComparisonReport.Write(comparison, done, new ReportSource(parsed.GetRequiredValue(file), parsed.GetRequiredValue(settings), folder, parsed.GetRequiredValue(split)), target);
            }

            return 0;
        }), CancellationToken.None));
        return command;
    }
}
