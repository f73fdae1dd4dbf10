using System.Globalization;
using DiTask.Model.Artifacts;
using DiTask.Model.Data;
using DiTask.Model.Evaluation;
using DiTask.Model.Evaluation.Panels;
using DiTask.Model.Files;
using DiTask.Model.Tasks;
using DiTask.Model.Vision;

namespace DiTask.Cli.Evaluate;

/// <summary>Writes comparison panels of the first pictures.</summary>
/// <param name="folder">Where to; made when it is needed.</param>
/// <param name="count">How many.</param>
/// <param name="legend">What stands beside the name of a picture: which models.</param>
/// <param name="input">How the pictures were normalised.</param>
/// <param name="tasks">Rows of a panel.</param>
/// <param name="evaluation">What the metrics under the tiles leave open.</param>
/// <param name="look">How it looks.</param>
internal sealed class PanelFiles(
    string folder, int count, string legend, InputSpec input, IReadOnlyList<TaskInfo> tasks, EvaluationOptions evaluation, PanelOptions look)
{
    /// <summary>Panels written.</summary>
    public int Written { get; private set; }

    /// <summary>Draws the pictures of a batch until there are enough.</summary>
    /// <param name="batch">The pictures.</param>
    /// <param name="logits">Of the model.</param>
    /// <param name="baseline">Of a second model; null without one. It may lack tasks.</param>
    public void Add(Batch batch, IReadOnlyDictionary<string, float[]> logits, IReadOnlyDictionary<string, float[]>? baseline)
    {
        for (int image = 0; image < batch.Count && Written < count; image++)
        {
            int row = image;
            PanelTask[] rows =
            [
                .. tasks.Select(task => new PanelTask(
                    task,
                    Row(batch.Labels[task.Name], row, batch.Count),
                    Row(logits[task.Name], row, batch.Count),
                    baseline?.GetValueOrDefault(task.Name) is { } values ? Row(values, row, batch.Count) : null)),
            ];
            using RgbImage photo = PanelPhoto.Of(Row(batch.Images, row, batch.Count), input);
            using RgbImage panel = ComparisonPanel.Draw($"{batch.Ids[image]}: {legend}", photo, rows, evaluation, look);
            Directory.CreateDirectory(folder);
            string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Written:0000}_{batch.Ids[image]}.png"));
            AtomicFile.Write(path, stream => PictureWriter.WritePng(stream, panel));
            Written++;
        }
    }

    private static float[] Row(float[] values, int row, int of)
    {
        int length = values.Length / of;
        return values[(row * length)..((row + 1) * length)];
    }
}
