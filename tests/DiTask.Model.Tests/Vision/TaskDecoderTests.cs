using DiTask.Model.Tasks;
using DiTask.Model.Vision;
using DiTask.Tests;

namespace DiTask.Model.Tests.Vision;

public sealed class TaskDecoderTests
{
    // The same bilinear sums in another order of operations.
    private const double ResizeTolerance = 1e-5;

    [Theory]
    [InlineData("semseg")]
    [InlineData("normals")]
    [InlineData("sal")]
    [InlineData("depth")]
    public void Resize_GoldenHead_IsTheReferencesOutput(string task)
    {
        Npy head = Fixture.Golden("micro", $"head_{task}.npy");
        Npy expected = Fixture.Golden("micro", $"out_{task}.npy");
        float[] actual = new float[expected.Singles.Length];

        new LogitsResizer(head.Shape[2], head.Shape[3], expected.Shape[2], expected.Shape[3]).Resize(head.Singles, actual);

        float[] values = expected.Singles;
        for (int i = 0; i < actual.Length; i++)
        {
            Assert.True(Math.Abs(values[i] - actual[i]) <= ResizeTolerance, $"{task}[{i}]: expected {values[i]}, found {actual[i]}.");
        }
    }

    [Fact]
    public void ReadLabels_GoldenHead_AreTheReferencesArgMax()
    {
        Npy head = Fixture.Golden("micro", "head_semseg.npy");
        Npy output = Fixture.Golden("micro", "out_semseg.npy");
        (int channels, int height, int width) = (output.Shape[1], output.Shape[2], output.Shape[3]);
        TaskInfo task = TaskCatalog.Describe("semseg", channels);
        int headLength = channels * head.Shape[2] * head.Shape[3];

        for (int image = 0; image < head.Shape[0]; image++)
        {
            TaskDecoder decoder = new(task, head.Singles.AsMemory(image * headLength, headLength), head.Shape[2], head.Shape[3], width, height);

            byte[] labels = decoder.ReadLabels();

            ReadOnlySpan<float> expected = output.Singles.AsSpan(image * channels * height * width, channels * height * width);
            Assert.Equal(ArgMax(expected, channels), labels);
        }
    }

    [Fact]
    public void ReadLabels_AnySize_AreTheArgMaxOfResizedLogits()
    {
        (int channels, int height, int width) = (5, 7, 9);
        float[] logits = Random(channels * height * width);
        TaskInfo task = TaskCatalog.Describe("semseg", channels);

        foreach ((int outputWidth, int outputHeight) in new[] { (1, 1), (4, 3), (9, 7), (33, 50), (301, 7), (100, 401) })
        {
            float[] resized = new float[channels * outputHeight * outputWidth];
            new LogitsResizer(height, width, outputHeight, outputWidth).Resize(logits, resized);

            byte[] labels = new TaskDecoder(task, logits, height, width, outputWidth, outputHeight).ReadLabels();

            Assert.Equal(ArgMax(resized, channels), labels);
        }
    }

    [Fact]
    public void ReadLabels_EqualLogits_TakesTheFirstClass() =>
        Assert.All(new TaskDecoder(TaskCatalog.Describe("semseg", 4), new float[4 * 4], 2, 2, 30, 30).ReadLabels(), label => Assert.Equal(0, label));

    [Fact]
    public void ReadLabels_WithProbabilities_AreTheSoftmaxOfTheLabel()
    {
        float[] logits = Random(6);
        TaskDecoder decoder = new(TaskCatalog.Describe("semseg", 6), logits, 1, 1, 3, 1);
        byte[] labels = new byte[3];
        float[] probabilities = new float[3];

        decoder.ReadLabels(0, labels, probabilities);

        double expected = Math.Exp(logits.Max()) / logits.Sum(value => Math.Exp(value));
        Assert.All(labels, label => Assert.Equal(Array.IndexOf(logits, logits.Max()), label));
        Assert.All(probabilities, value => Assert.Equal(expected, value, 1e-6));
    }

    // Reference specification 4.2: src = max((dst + 0.5) * in/out - 0.5, 0), neighbour clamped.
    [Fact]
    public void ReadValues_TwoLogitsToFour_FollowsTheRule()
    {
        TaskDecoder decoder = new(TaskCatalog.Describe("depth", 1), new float[] { 1, 3 }, 1, 2, 4, 1);

        Assert.Equal([1f, 1.5f, 2.5f, 3f], decoder.ReadValues());
    }

    [Fact]
    public void ReadValues_Saliency_IsTheSigmoidOfTheResizedLogit()
    {
        TaskDecoder decoder = new(TaskCatalog.Describe("sal", 1), new float[] { -4, 4 }, 1, 2, 4, 1);

        float[] values = decoder.ReadValues();

        Assert.Equal([1 / (1 + Math.Exp(4)), 1 / (1 + Math.Exp(2)), 1 / (1 + Math.Exp(-2)), 1 / (1 + Math.Exp(-4))], values.Select(v => (double)v), Near);
    }

    [Fact]
    public void ReadValues_Normals_AreUnitVectorsAtEverySize()
    {
        TaskDecoder decoder = new(TaskCatalog.Describe("normals", 3), Random(3 * 5 * 5), 5, 5, 37, 41);

        float[] values = decoder.ReadValues();

        int plane = 37 * 41;
        for (int i = 0; i < plane; i++)
        {
            double norm = Math.Sqrt((values[i] * values[i]) + (values[plane + i] * values[plane + i]) + (values[(2 * plane) + i] * values[(2 * plane) + i]));
            Assert.Equal(1, norm, 1e-5);
        }
    }

    [Fact]
    public void ReadValues_ZeroNormal_StaysZero() =>
        Assert.All(new TaskDecoder(TaskCatalog.Describe("normals", 3), new float[3], 1, 1, 2, 2).ReadValues(), value => Assert.Equal(0, value));

    [Fact]
    public void Constructor_WrongLength_NamesExpectedAndFound()
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(
            () => new TaskDecoder(TaskCatalog.Describe("normals", 3), new float[11], 2, 2, 4, 4));

        Assert.Contains("[3,2,2]", exception.Message, StringComparison.Ordinal);
        Assert.Contains("11", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadLabels_OfDepth_Throws() =>
        Assert.Throws<InvalidOperationException>(() => new TaskDecoder(TaskCatalog.Describe("depth", 1), new float[1], 1, 1, 1, 1).ReadLabels());

    [Fact]
    public void ReadValues_OfSemseg_Throws() =>
        Assert.Throws<InvalidOperationException>(() => new TaskDecoder(TaskCatalog.Describe("semseg", 2), new float[2], 1, 1, 1, 1).ReadValues());

    // 21 x 40 million floats would be 3.4 GB; the rows and the positions are a few hundred kilobytes.
    [Fact]
    public void ReadLabels_FortyMegapixels_AllocatesRowsOnly()
    {
        const int Width = 8000, Height = 5000;
        float[] logits = Random(21 * 56 * 56);
        byte[] row = new byte[Width];
        long before = GC.GetAllocatedBytesForCurrentThread();

        TaskDecoder decoder = new(TaskCatalog.Describe("semseg", 21), logits, 56, 56, Width, Height);
        for (int y = 0; y < Height; y += 500)
        {
            decoder.ReadLabels(y, row);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    private static bool Near(double expected, double actual) => Math.Abs(expected - actual) < 1e-6;

    private static float[] Random(int count)
    {
        Random random = new(7);
        return [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() * 8) - 4))];
    }

    private static byte[] ArgMax(ReadOnlySpan<float> logits, int channels)
    {
        int plane = logits.Length / channels;
        byte[] labels = new byte[plane];
        for (int i = 0; i < plane; i++)
        {
            for (int channel = 1; channel < channels; channel++)
            {
                if (logits[(channel * plane) + i] > logits[(labels[i] * plane) + i])
                {
                    labels[i] = (byte)channel;
                }
            }
        }

        return labels;
    }
}
