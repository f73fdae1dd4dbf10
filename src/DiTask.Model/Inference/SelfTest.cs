using System.Globalization;
using DiTask.Model.Artifacts;

namespace DiTask.Model.Inference;

/// <summary>Runs a model on an image that a seed makes, and compares what comes out with what came out when it was folded.</summary>
public static class SelfTest
{
    private const long Seed = 20250206;

    /// <summary>Far above what devices differ by (docs/numerics.md, TF32 included), far below what another model gives.</summary>
    private const double Tolerance = 0.02;

    private const int SampleCount = 16;

    /// <summary>The image of a test: [3, size, size], uniform in [-2, 2), as normalised pixels roughly are. The same on every machine.</summary>
    /// <param name="size">Side in pixels.</param>
    /// <param name="test">The test; null for a new one.</param>
    public static float[] MakeImage(int size, SelfTestSpec? test)
    {
        float[] values = new float[3 * size * size];
        ulong state = (ulong)(test?.Seed ?? Seed);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = ((NextBits(ref state) >> 40) / (float)(1 << 22)) - 2;
        }

        return values;
    }

    /// <summary>What a model gives for the image of a seed.</summary>
    /// <param name="logits">Every task's logits for that one image.</param>
    /// <exception cref="ArithmeticException">A value is not finite.</exception>
    public static SelfTestSpec Record(IReadOnlyDictionary<string, TaskLogits> logits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        return Problems(null, logits).FirstOrDefault() is { } problem
            ? throw new ArithmeticException(problem)
            : new SelfTestSpec(Seed, Tolerance, [.. logits.Values.Select(Describe)]);
    }

    /// <summary>What is wrong with a model, one sentence per task; empty when nothing is.</summary>
    /// <param name="expected">What was recorded; null when nothing was, and then every value has to be finite and no more.</param>
    /// <param name="logits">Every task's logits for the one image.</param>
    public static IEnumerable<string> Problems(SelfTestSpec? expected, IReadOnlyDictionary<string, TaskLogits> logits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        foreach (TaskLogits task in logits.Values)
        {
            int strange = task.Values.Count(value => !float.IsFinite(value));
            if (strange > 0)
            {
                yield return $"Task '{task.Task}' gives {strange} of {task.Values.Length} values that are not finite.";
            }
            else if (expected?.Tasks.FirstOrDefault(known => known.Task == task.Task) is { } known && Difference(known, Describe(task)) is var difference
                && !(difference <= expected.Tolerance * known.Largest))
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"Task '{task.Task}' differs by {difference:G3} from what was folded; accepted is {expected.Tolerance * known.Largest:G3}.");
            }
        }
    }

    /// <summary>Runs <paramref name="session"/> on the image and records what it gives.</summary>
    internal static SelfTestSpec Record(MultiTaskSession session) =>
        Record(session.RunAll(MakeImage(session.Manifest.Input.Size, null), 1, session.Manifest.Tasks));

    private static double Difference(SelfTestTask expected, SelfTestTask actual)
    {
        if (expected.Samples.Count != actual.Samples.Count)
        {
            return double.PositiveInfinity;
        }

        double samples = expected.Samples.Zip(actual.Samples).Max(pair => Math.Abs((double)pair.First - pair.Second));
        return Math.Max(samples, Math.Max(Math.Abs(expected.Largest - actual.Largest), Math.Abs(expected.Mean - actual.Mean)));
    }

    private static SelfTestTask Describe(TaskLogits task)
    {
        float[] values = task.Values;
        int count = Math.Min(SampleCount, values.Length);
        return new SelfTestTask(
            task.Task,
            values.Max(value => Math.Abs((double)value)),
            values.Average(value => (double)value),
            [.. Enumerable.Range(0, count).Select(index => values[(int)((long)index * values.Length / count)])]);
    }

    // splitmix64: a generator of our own, because those of the framework may change between its versions.
    private static ulong NextBits(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        ulong bits = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
