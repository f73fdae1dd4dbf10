using System.Globalization;
using DiTask.Model.Evaluation.Meters;
using DiTask.Model.Tasks;
using DiTask.Model.Vision;

namespace DiTask.Model.Evaluation.Panels;

/// <summary>One picture and its tasks: input, label, baseline, prediction and difference side by side, with numbers and colour bars.</summary>
public static class ComparisonPanel
{
    private const int LeastTile = 256;
    private const int LargestTile = 320;
    private const int Margin = 20;
    private const int TextScale = 2;
    private const int LineHeight = (BitmapFont.Height * TextScale) + 6;
    private const int BarHeight = 14;
    private const int RowHeight = LineHeight + 4 + LineHeight + LineHeight + Margin;
    private const int HeadHeight = Margin + (2 * LineHeight) + 12;
    private const int Paper = 0x15181E;
    private const int Ink = 0xF2F4F8;
    private const int FaintInk = 0x9AA3B2;

    /// <summary>Draws a panel; the caller disposes it.</summary>
    /// <param name="title">Line at the top: the name of the picture, and of the models.</param>
    /// <param name="input">The picture, square.</param>
    /// <param name="tasks">A row each.</param>
    /// <param name="evaluation">What the metrics under the tiles leave open.</param>
    /// <param name="options">How it looks.</param>
    public static RgbImage Draw(string title, RgbImage input, IReadOnlyList<PanelTask> tasks, EvaluationOptions evaluation, PanelOptions options)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(tasks);
        ArgumentNullException.ThrowIfNull(options);
        int tile = Math.Clamp(input.Width, LeastTile, LargestTile);
        bool hasBaseline = tasks.Any(task => task.BaselineLogits is not null);
        string[] headings = hasBaseline
            ? ["input", "ground truth", "baseline", "prediction", "difference"]
            : ["input", "ground truth", "prediction", "difference"];
        RgbImage sheet = new(Margin + (headings.Length * (tile + Margin)), HeadHeight + (tasks.Count * (tile + RowHeight)));
        Canvas canvas = new(sheet);
        canvas.Fill(0, 0, sheet.Width, sheet.Height, Paper);
        canvas.Write(Fit(title, sheet.Width - (2 * Margin)), Margin, Margin, TextScale, Ink);
        for (int column = 0; column < headings.Length; column++)
        {
            canvas.Write(headings[column], Left(column, tile), Margin + LineHeight, TextScale, FaintInk);
        }

        using RgbImage photo = RgbResampler.Resize(input, tile, tile);
        for (int row = 0; row < tasks.Count; row++)
        {
            int top = HeadHeight + (row * (tile + RowHeight));
            DrawRow(canvas, tasks[row], photo, top, hasBaseline, evaluation, options);
        }

        return sheet;
    }

    private static void DrawRow(Canvas canvas, PanelTask row, RgbImage photo, int top, bool hasBaseline, EvaluationOptions evaluation, PanelOptions options)
    {
        int tile = photo.Width, tileTop = top + LineHeight, textTop = tileTop + tile + 6;
        TaskInfo task = row.Task;
        float[] label = PanelMap.Labelled(task, row.Label);
        float[] predicted = PanelMap.Predicted(task, row.Logits);
        (double low, double high) = Range(task, label, predicted);
        canvas.Write(task.Name, Left(0, tile), top, TextScale, Ink);
        canvas.Draw(photo, Left(0, tile), tileTop);
        DrawMap(canvas, task, label, tile, Left(1, tile), tileTop, low, high);
        canvas.Write(Known(label), Left(1, tile), textTop, TextScale, FaintInk);
        if (task.Unit is { } unit)
        {
            using RgbImage scale = MapPainter.PaintScale(task, BarWidth(tile, Number(low), $"{Number(high)} {unit}"), BarHeight);
            DrawBar(canvas, scale, Number(low), $"{Number(high)} {unit}", Left(1, tile), textTop + LineHeight);
        }

        int column = 2;
        if (hasBaseline)
        {
            if (row.BaselineLogits is { } baseline)
            {
                DrawMap(canvas, task, PanelMap.Predicted(task, baseline), tile, Left(column, tile), tileTop, low, high);
                canvas.Write(Metric(row, baseline, evaluation), Left(column, tile), textTop, TextScale, FaintInk);
            }

            column++;
        }

        DrawMap(canvas, task, predicted, tile, Left(column, tile), tileTop, low, high);
        canvas.Write(Metric(row, row.Logits, evaluation), Left(column, tile), textTop, TextScale, Ink);
        DrawDifference(canvas, task, DifferenceMap.Of(task, predicted, label, options), tile, Left(column + 1, tile), tileTop, textTop);
    }

    private static void DrawDifference(Canvas canvas, TaskInfo task, DifferenceMap difference, int tile, int left, int top, int textTop)
    {
        using RgbImage picture = TilePainter.Difference(difference, tile);
        canvas.Draw(picture, left, top);
        string mean = double.IsNaN(difference.Mean) ? "no label"
            : task.Kind == TaskKind.Labels ? string.Create(CultureInfo.InvariantCulture, $"{100 * difference.Mean:0.0}% differ")
            : string.Create(CultureInfo.InvariantCulture, $"mean {difference.Mean:0.00} {difference.Unit}").TrimEnd();
        canvas.Write(mean, left, textTop, TextScale, FaintInk);
        (string low, string high) = task.Kind == TaskKind.Labels ? ("same", "other")
            : (difference.IsSigned ? "-1" : "0", $"{(difference.IsSigned ? "+" : "")}{Number(difference.Scale)} {difference.Unit}".TrimEnd());
        using RgbImage bar = TilePainter.DifferenceScale(difference, BarWidth(tile, low, high), BarHeight);
        DrawBar(canvas, bar, low, high, left, textTop + LineHeight);
    }

    private static void DrawMap(Canvas canvas, TaskInfo task, float[] map, int tile, int left, int top, double low, double high)
    {
        using RgbImage picture = TilePainter.Map(task, map, tile, low, high);
        canvas.Draw(picture, left, top);
    }

    private static void DrawBar(Canvas canvas, RgbImage bar, string low, string high, int left, int top)
    {
        canvas.Write(low, left, top, TextScale, FaintInk);
        left += BitmapFont.Measure(low, TextScale) + 8;
        canvas.Draw(bar, left, top);
        canvas.Write(high, left + bar.Width + 8, top, TextScale, FaintInk);
    }

    private static int BarWidth(int tile, string low, string high) =>
        Math.Max(tile - BitmapFont.Measure(low, TextScale) - BitmapFont.Measure(high, TextScale) - 16, 1);

    // Metres take the label's range, so that all tiles of a row have the same colours for the same distance.
    private static (double Low, double High) Range(TaskInfo task, float[] label, float[] predicted)
    {
        if (task.Unit is null)
        {
            return (0, 1);
        }

        float[] known = [.. label.Where(float.IsFinite)];
        known = known.Length > 0 ? known : [.. predicted.Where(float.IsFinite)];
        return known.Length > 0 ? (known.Min(), known.Max()) : (0, 1);
    }

    private static string Known(float[] label)
    {
        double share = label.Count(value => !float.IsNaN(value)) / (double)label.Length;
        return share == 0 ? "no label" : string.Create(CultureInfo.InvariantCulture, $"{100 * share:0}% known");
    }

    private static string Metric(PanelTask row, float[] logits, EvaluationOptions evaluation)
    {
        TaskMeter meter = TaskMeter.Of(row.Task, evaluation);
        int side = (int)Math.Round(Math.Sqrt(logits.Length / row.Task.Channels));
        meter.Add(logits, row.Label, side, side);
        TaskScores scores = meter.Scores();
        // One picture holds few of the classes; the mean over all of them would say more of the data set than of the model.
        MetricValue metric = scores.Metrics.FirstOrDefault(value => value.Name.EndsWith(".present", StringComparison.Ordinal)) ?? scores.Headline;
        string name = metric.Name[(row.Task.Name.Length + 1)..];
        return double.IsNaN(metric.Value) ? $"{name} -" : string.Create(CultureInfo.InvariantCulture, $"{name} {metric.Value:0.00} {metric.Unit}");
    }

    private static int Left(int column, int tile) => Margin + (column * (tile + Margin));

    private static string Number(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0.##}");

    private static string Fit(string text, int width)
    {
        int letters = width / ((BitmapFont.Width + 1) * TextScale);
        return text.Length <= letters ? text : $"{text[..Math.Max(letters - 3, 0)]}...";
    }
}
