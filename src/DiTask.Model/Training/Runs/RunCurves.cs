using System.Globalization;
using System.Text;
using System.Text.Json;
using DiTask.Model.Charts;
using DiTask.Model.Files;

namespace DiTask.Model.Training.Runs;

/// <summary>A run as a picture: each task's loss over the steps, while training and in evaluations, and the score of the evaluations.</summary>
internal static class RunCurves
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "curves.svg";

    // A line needs two points.
    private const int LeastEvaluations = 2;

    private static readonly string Training = ChartStyle.Colors[0];
    private static readonly string Evaluations = ChartStyle.Colors[1];

    /// <summary>Draws the run of a folder into it; nothing where there was no step.</summary>
    /// <exception cref="InvalidDataException">Its logs cannot be read.</exception>
    public static void Write(RunFolder folder)
    {
        if (LossTable.Read(folder.Path) is { Steps.Count: > 0 } table)
        {
            byte[] picture = Encoding.UTF8.GetBytes(Draw(table, [.. Read(folder.Log(RunLog.FileName))]));
            AtomicFile.Write(folder.Log(FileName), stream => stream.Write(picture));
        }
    }

    private static string Draw(LossTable table, Evaluation[] evaluations)
    {
        long last = table.Steps[^1];
        (string, string) axis = ("step 1", string.Create(CultureInfo.InvariantCulture, $"step {last:N0}"));
        bool isEvaluated = evaluations.Length >= LeastEvaluations;
        double[] places = [.. evaluations.Select(evaluation => (double)evaluation.Step / last)];
        List<LineChart> panels = [.. table.Losses.Select(losses => new LineChart(
            $"{losses.Task}, loss",
            isEvaluated
                ? [LossCurve.Of("training", [table], losses.Task, last, Training), Line(evaluations.Select(evaluation => evaluation.Losses[losses.Task]))]
                : [LossCurve.Of("training", [table], losses.Task, last, Training)]) { HasZero = false, IsLogarithmic = true, Axis = axis })];
        if (isEvaluated)
        {
            panels.AddRange(table.Losses
                .Select(losses => evaluations[0].Metrics.Keys.FirstOrDefault(name => name.StartsWith(losses.Task + ".", StringComparison.Ordinal)))
                .OfType<string>()
                .Select(name => new LineChart(name, [Line(evaluations.Select(evaluation => evaluation.Metrics.GetValueOrDefault(name, double.NaN)))]) { HasZero = false, Axis = axis }));
        }

        LineGrid.Key[] legend = [new("training", Training), .. isEvaluated ? [new LineGrid.Key("evaluation", Evaluations, "dash")] : Array.Empty<LineGrid.Key>()];
        return new LineGrid("The run, task by task", $"Training loss: {LossCurve.Meaning(last)}. Losses are logarithmic.", legend, panels).Picture().ToFile();

        LineChart.Line Line(IEnumerable<double> values) => new("evaluation", [.. values], Evaluations, "dash", places);
    }

    private static IEnumerable<Evaluation> Read(string path)
    {
        foreach (string line in File.ReadLines(path).Where(line => line.Contains("\"kind\":\"validation\"", StringComparison.Ordinal)))
        {
            using JsonDocument entry = JsonDocument.Parse(line);
            yield return new Evaluation(entry.RootElement.GetProperty("step").GetInt64(), Numbers(entry.RootElement.GetProperty("losses")), Numbers(entry.RootElement.GetProperty("metrics")));
        }
    }

    private static Dictionary<string, double> Numbers(JsonElement values) =>
        values.EnumerateObject().ToDictionary(item => item.Name, item => item.Value.ValueKind == JsonValueKind.Number ? item.Value.GetDouble() : double.NaN);

    private sealed record Evaluation(long Step, IReadOnlyDictionary<string, double> Losses, IReadOnlyDictionary<string, double> Metrics);
}
