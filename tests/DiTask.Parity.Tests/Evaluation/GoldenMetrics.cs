using System.Text.Json;
using DiTask.Model.Evaluation;
using DiTask.Model.Evaluation.Meters;
using DiTask.Model.Tasks;
using DiTask.Tests;

namespace DiTask.Parity.Tests.Evaluation;

/// <summary>One case of <c>golden/metrics</c>: its images and what the authors' meters gave.</summary>
internal sealed class GoldenMetrics(string name) : IDisposable
{
    private readonly JsonDocument results = JsonDocument.Parse(File.ReadAllText(Fixture.Path("golden", "metrics", "result.json")));

    public JsonElement Scores(string task) => Case.GetProperty("scores").GetProperty(task);

    public bool Has(string task) => Case.GetProperty("scores").TryGetProperty(task, out _);

    private JsonElement Case => results.RootElement.GetProperty(name);

    /// <summary>Logits [c, H, W] and label [c', H, W] of every image, in order.</summary>
    public IEnumerable<(float[] Logits, float[] Label, int Height, int Width)> Images(string task)
    {
        int batches = Case.GetProperty("batches").GetArrayLength();
        for (int batch = 0; batch < batches; batch++)
        {
            Npy prediction = Fixture.Golden("metrics", name, $"b{batch}_pred_{task}.npy");
            Npy label = Fixture.Golden("metrics", name, $"b{batch}_label_{task}.npy");
            float[][] logits = [.. prediction.Singles.Chunk(prediction.Singles.Length / prediction.Shape[0])];
            float[][] labels = [.. label.Singles.Chunk(label.Singles.Length / label.Shape[0])];
            for (int image = 0; image < logits.Length; image++)
            {
                yield return (logits[image], labels[image], prediction.Shape[2], prediction.Shape[3]);
            }
        }
    }

    public TaskInfo Task(string task) => TaskCatalog.Describe(task, Fixture.Golden("metrics", name, $"b0_pred_{task}.npy").Shape[1]);

    /// <summary>The numbers of our meter over all images.</summary>
    public IReadOnlyDictionary<string, double> Measure(string task) => Measure(task, Images(task));

    public IReadOnlyDictionary<string, double> Measure(string task, IEnumerable<(float[] Logits, float[] Label, int Height, int Width)> images)
    {
        TaskMeter meter = TaskMeter.Of(Task(task), new EvaluationOptions());
        foreach ((float[] logits, float[] label, int height, int width) in images)
        {
            meter.Add(logits, label, height, width);
        }

        return meter.Scores().Metrics.ToDictionary(metric => metric.Name, metric => metric.Value);
    }

    public void Dispose() => results.Dispose();
}
