using System.Globalization;
using System.Text;
using DiTask.Cli.Compare;
using DiTask.Model.Evaluation.Reports;
using DiTask.Model.Training;

namespace DiTask.Model.Tests.Cli.Compare;

/// <summary>Folders as the runs of a comparison leave them, with numbers that nobody measured.</summary>
internal static class MadeUpRuns
{
    private const int Steps = 480;

    /// <summary>What single-task networks reach.</summary>
    public static IReadOnlyDictionary<string, ComparedScore> Single { get; } = new Dictionary<string, ComparedScore>
    {
        ["semseg"] = new("semseg.miou", 42, true),
        ["human_parts"] = new("human_parts.miou", 26, true),
        ["sal"] = new("sal.miou", 35, true),
        ["normals"] = new("normals.mean", 26, false),
        ["edge"] = new("edge.odsf", 60, true),
        ["depth"] = new("depth.rmse", 1, false),
    };

    /// <summary>Rows of configs/comparisons with Delta-m about as the prototype had it: many of about the same size, which is what labels must bear.</summary>
    public static IReadOnlyDictionary<string, (double Delta, ParameterReport Parameters)> Rows { get; } = new Dictionary<string, (double, ParameterReport)>
    {
        ["single"] = (0, new ParameterReport(0, 0, 0, 3_400_000, 480_000, 0, 0)),
        ["frozen"] = (-22, new ParameterReport(0, 0, 0, 0, 80_000, 0, 570_000)),
        ["ditask-strict-index"] = (-19.5, new ParameterReport(675, 0, 0, 0, 80_000, 0, 570_000)),
        ["ditask-strict-wide"] = (-18, new ParameterReport(675, 0, 0, 0, 80_000, 0, 570_000)),
        ["extras"] = (-6.4, new ParameterReport(0, 0, 49_884, 0, 80_000, 0, 520_000)),
        ["scalar"] = (-5, new ParameterReport(0, 36, 49_884, 0, 80_000, 0, 520_000)),
        ["svf"] = (-3.3, new ParameterReport(0, 2_688, 49_884, 0, 80_000, 0, 520_000)),
        ["lora-r1-proj"] = (-4, new ParameterReport(0, 7_200, 49_884, 0, 80_000, 0, 520_000)),
        ["lora-r4"] = (-1.5, new ParameterReport(0, 28_672, 49_884, 0, 80_000, 0, 520_000)),
        ["mtlora-r4"] = (-1.2, new ParameterReport(0, 82_432, 49_884, 0, 80_000, 0, 520_000)),
        ["ditask-index"] = (-6.2, new ParameterReport(675, 0, 49_884, 0, 80_000, 0, 520_000)),
        ["ditask-value"] = (-4.4, new ParameterReport(675, 0, 49_884, 0, 80_000, 0, 520_000)),
        ["ditask-value-wide"] = (-3.8, new ParameterReport(675, 0, 49_884, 0, 80_000, 0, 520_000)),
        ["ditask-joint"] = (-4.1, new ParameterReport(360, 0, 49_884, 0, 80_000, 0, 520_000)),
        ["ditask-task"] = (-5.3, new ParameterReport(315, 0, 49_884, 0, 80_000, 0, 520_000)),
        ["full"] = (3.5, new ParameterReport(0, 0, 0, 570_012, 80_000, 0, 0)),
        ["random-frozen"] = (-41, new ParameterReport(0, 0, 0, 0, 80_000, 0, 570_000)),
        ["random-full"] = (-24, new ParameterReport(0, 0, 0, 570_012, 80_000, 0, 0)),
    };

    /// <summary>All rows with three seeds.</summary>
    public static void WriteAll(string folder)
    {
        int index = 0;
        foreach ((string row, (double delta, ParameterReport parameters)) in Rows)
        {
            foreach (long seed in (long[])[1, 2, 3])
            {
                double shift = Math.Sin((3.7 * index) + (2.1 * seed));
                Write(folder, row, seed, Scores(delta + shift), parameters, 1 - ((delta + shift) / 60));
            }

            index++;
        }
    }

    /// <summary>Scores so much better than those of single-task networks, in percent.</summary>
    public static IReadOnlyDictionary<string, ComparedScore> Scores(double percent) => Single.ToDictionary(
        score => score.Key,
        score => score.Value with { Value = score.Value.Value * (1 + ((score.Value.HigherIsBetter ? percent : -percent) / 100)) });

    /// <summary>A run that is done.</summary>
    public static void Write(string folder, string row, long seed, IReadOnlyDictionary<string, ComparedScore> scores, ParameterReport parameters, double loss = 1)
    {
        string path = ComparisonRuns.FolderOf(folder, row, seed);
        Directory.CreateDirectory(path);
        new ComparedRun(row, seed, scores, parameters, 80 + seed).Write(path);
        Evaluation().WriteJson(Path.Combine(path, "evaluation.json"));
        foreach ((string name, string[] tasks) in row == "single" ? scores.Keys.Select(task => (task, (string[])[task])) : [("run", [.. scores.Keys])])
        {
            Directory.CreateDirectory(Path.Combine(path, name));
            File.WriteAllText(Path.Combine(path, name, "steps.csv"), Table(tasks, seed, loss));
        }
    }

    private static string Table(string[] tasks, long seed, double loss)
    {
        StringBuilder text = new($"step,update,epoch,total,{string.Join(',', tasks)},learning_rate,gradient_norm,images_per_second\n");
        for (int step = 1; step <= Steps; step++)
        {
            string[] losses = [.. tasks.Select(name => Array.IndexOf([.. Single.Keys], name)).Select(task =>
                (loss / (task + 1) * (0.4 + (2.5 * Math.Exp(-step / 40.0)) + (0.6 * Math.Exp(-step / 200.0))) * Math.Exp(0.2 * Math.Sin(step * step * (13.1 + (5 * seed) + task)))).ToString("R", CultureInfo.InvariantCulture))];
            text.Append(CultureInfo.InvariantCulture, $"{step},{step},{step / 8.0:F4},1,{string.Join(',', losses)},0.001,2,100.00\n");
        }

        return text.ToString();
    }

    private static EvaluationReport Evaluation() => new()
    {
        Tool = "ditask", Created = DateTimeOffset.UnixEpoch, Protocol = "mtlora", InputSize = 64, EdgeTolerance = 0.01, Dataset = new ReportDataset("scenes test", 150, 150),
        Run = new ReportRun(new ReportModel("m", "made up"), []), Speed = new ReportSpeed("cpu", 1, 1, 1, 1), Warnings = [],
    };
}
