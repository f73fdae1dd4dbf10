using DiTask.Model.Data;
using DiTask.Model.Data.Transforms;
using DiTask.Model.Tasks;
using DiTask.Model.Vision;
using DiTask.Tests;

namespace DiTask.Parity.Tests;

/// <summary>The authors' evaluation chain on all tasks at once: resize, ignore regions, normalise.</summary>
public sealed class SampleTransformParityTests
{
    // One grey level on 0.5 % of the values, by the golden README.
    private const double AllowedShare = 0.005;

    // The authors resize normals in float32.
    private const double NormalTolerance = 1e-5;

    private static readonly float[] Mean = [0.485f, 0.456f, 0.406f];
    private static readonly float[] Std = [0.229f, 0.224f, 0.225f];

    private static readonly TaskInfo[] Tasks =
    [
        TaskCatalog.Describe("semseg", 21), TaskCatalog.Describe("human_parts", 7), TaskCatalog.Describe("sal", 1),
        TaskCatalog.Describe("normals", 3), TaskCatalog.Describe("edge", 1),
    ];

    [Theory]
    [InlineData("down")]
    [InlineData("same")]
    [InlineData("up")]
    public void Apply_ReferenceMode_IsTheAuthorsLoader(string folder)
    {
        Npy image = Fixture.Golden("preprocess", folder, "out_image.npy");

        Example actual = Apply(folder, image.Shape[1], PreprocessMode.Reference);

        float[] expected = image.Singles;
        int plane = image.Shape[1] * image.Shape[2], differing = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            double levels = Math.Abs(expected[i] - actual.Image[i]) * 255 * Std[i / plane];
            Assert.True(levels < 1.01 || Math.Abs(levels - 255) < 0.01, $"{folder}[{i}]: expected {expected[i]}, found {actual.Image[i]}.");
            differing += levels > 0.01 ? 1 : 0;
        }

        Assert.True(differing <= AllowedShare * expected.Length, $"{folder}: {differing} of {expected.Length} values differ.");
        foreach (TaskInfo task in Tasks)
        {
            float[] label = Fixture.Golden("preprocess", folder, $"out_{task.Name}.npy").Singles;
            double tolerance = task.Name == "normals" ? NormalTolerance : 0;
            Assert.Equal(label.Length, actual.Labels[task.Name].Length);
            for (int i = 0; i < label.Length; i++)
            {
                Assert.True(Math.Abs(label[i] - actual.Labels[task.Name][i]) <= tolerance, $"{folder}, {task.Name}[{i}]: expected {label[i]}, found {actual.Labels[task.Name][i]}.");
            }
        }
    }

    [Fact]
    public void Apply_DefaultModeAtTheSourcesSize_HasTheAuthorsLabels()
    {
        Example reference = Apply("same", 112, PreprocessMode.Reference), own = Apply("same", 112, PreprocessMode.Clamp);

        Assert.Equal(reference.Image, own.Image);
        foreach (TaskInfo task in Tasks)
        {
            Assert.All(reference.Labels[task.Name].Zip(own.Labels[task.Name]), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        }
    }

    private static Example Apply(string folder, int size, PreprocessMode mode)
    {
        Npy image = Fixture.Golden("preprocess", folder, "raw_image.npy");
        RgbImage pixels = new(image.Shape[1], image.Shape[0]);
        image.Bytes.CopyTo(pixels.Pixels);
        using Sample sample = new(folder, pixels, Tasks.ToDictionary(task => task.Name, task => Raw(folder, task)));
        return new SampleTransform(Tasks, size, Mean, Std, mode).Apply(sample, default(CounterRandom));
    }

    private static LabelMap Raw(string folder, TaskInfo task)
    {
        Npy raw = Fixture.Golden("preprocess", folder, $"raw_{task.Name}.npy");
        float[] pixels = raw.Singles;
        int channels = raw.Shape.Length == 3 ? 3 : 1, plane = raw.Shape[0] * raw.Shape[1];
        return new LabelMap(channels, raw.Shape[0], raw.Shape[1], [.. Enumerable.Range(0, pixels.Length).Select(i => pixels[(i % plane * channels) + (i / plane)])]);
    }
}
