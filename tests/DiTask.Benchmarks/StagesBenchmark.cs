using DiTask.Model.Artifacts;
using DiTask.Model.Inference;
using DiTask.Model.Vision;
using DiTask.Tests;

namespace DiTask.Benchmarks;

/// <summary>Where the time of one answer goes: all tasks of one photo at the model's size, as PNG.</summary>
internal static class StagesBenchmark
{
    public static void Run(string path, bool small, int rounds)
    {
        using TemporaryFolder folder = new();
        ModelFolder model = RealSize.Folded(folder, small);
        byte[] file = File.ReadAllBytes(path.Length > 0 ? path : Path.Combine(Fixture.Repository, "tests", "Fixtures", "photos", "village.jpg"));
        InputSpec input = model.Manifest.Input;
        using MultiTaskSession session = MultiTaskSession.Open(model);
        Preprocessing preprocessing = new(input.Size, input.Mean, input.Std);
        float[] slot = new float[preprocessing.SlotLength];
        using RgbImage photo = ImageDecoder.Decode(file, new DecodeLimits());
        preprocessing.Fill(photo, slot);
        IReadOnlyDictionary<string, TaskLogits> logits = session.RunAll(slot, 1, model.Manifest.Tasks);

        (string Name, Action Work)[] stages =
        [
            ("decode photo", () => ImageDecoder.Decode(file, new DecodeLimits()).Dispose()),
            ("preprocess", () => preprocessing.Fill(photo, slot)),
            ("ONNX Runtime", () => session.RunAll(slot, 1, model.Manifest.Tasks)),
            ("logits to maps", () => ReadMaps(model, logits)),
            ("maps to PNG", () => EncodeMaps(model, logits)),
        ];
        double[] times = Measure.InTurn(small ? 1 : rounds, [.. stages.Select(stage => stage.Work)]);
        // Encoding reads the maps again row by row, so its own part is the rest.
        times[^1] = Math.Max(0, times[^1] - times[^2]);
        Console.WriteLine($"{photo.Width} x {photo.Height} photo, {file.Length / 1e3:F0} kB");
        foreach ((string name, double time) in stages.Select(stage => stage.Name).Zip(times))
        {
            Console.WriteLine($"{name,-15} {100 * time / times.Sum(),5:F1} %  ({time:F1} ms)");
        }
    }

    private static void ReadMaps(ModelFolder model, IReadOnlyDictionary<string, TaskLogits> logits)
    {
        foreach (TaskDecoder decoder in Decoders(model, logits))
        {
            _ = decoder.Task.Classes.Count > 0 ? decoder.ReadLabels().Length : decoder.ReadValues().Length;
        }
    }

    private static void EncodeMaps(ModelFolder model, IReadOnlyDictionary<string, TaskLogits> logits)
    {
        foreach (TaskDecoder decoder in Decoders(model, logits))
        {
            MapEncoder.Encode(decoder, new MapOptions());
        }
    }

    private static IEnumerable<TaskDecoder> Decoders(ModelFolder model, IReadOnlyDictionary<string, TaskLogits> logits) =>
        model.Manifest.Tasks.Select(task => new TaskDecoder(
            task.Info, logits[task.Info.Name].Values, task.LogitsHeight, task.LogitsWidth, model.Manifest.Input.Size, model.Manifest.Input.Size));
}
