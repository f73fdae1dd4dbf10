using DiTask.Model.Evaluation.Metrics;

namespace DiTask.Model.Tests.Evaluation;

/// <summary>Edges against edges: shifted, thick, doubled, missing.</summary>
public sealed class BoundaryFScoreTests
{
    private const int Side = 200;

    // 0.0075 of the diagonal of 200 x 200 is 2.12 pixels.
    private const double Tolerance = 0.0075;

    [Fact]
    public void Best_IdenticalMasks_IsOne()
    {
        float[] mask = Shape();

        Assert.Equal(1, Score(mask, mask));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Best_ShiftWithinTheTolerance_IsOne(int shift) => Assert.Equal(1, Score(Line(60 + shift), Line(60)));

    [Fact]
    public void Best_ShiftBeyondTheTolerance_IsZero() => Assert.Equal(0, Score(Line(63), Line(60)));

    [Fact]
    public void Best_ShiftWithinAWiderTolerance_IsOne()
    {
        BoundaryFScore nyud = new(0.011);

        nyud.Add(Line(63), Line(60), All(), Side, Side);

        Assert.Equal(1, nyud.Best());
    }

    [Fact]
    public void Best_TwoLinesForOneLabel_MatchOnlyOnce()
    {
        float[] doubled = [.. Line(59).Zip(Line(62), Math.Max)];

        Assert.Equal(2 / 3.0, Score(doubled, Line(60)), 1e-12);
    }

    [Fact]
    public void Best_HalfOfTheLine_HasFullPrecisionAndHalfRecall()
    {
        float[] half = Line(60);
        Array.Clear(half, 0, Side * Side / 2);

        Assert.Equal(2 / 3.0, Score(half, Line(60)), 0.01);
    }

    [Fact]
    public void Best_BroadRidge_IsReducedToItsCrest()
    {
        float[] ridge = new float[Side * Side];
        for (int i = 0; i < ridge.Length; i++)
        {
            double distance = (i % Side) - 60;
            ridge[i] = (float)(0.9 * Math.Exp(-distance * distance / 30));
        }

        Assert.Equal(1, Score(ridge, Line(60)));
    }

    [Fact]
    public void Best_WeakFalseEdge_IsCutOffByTheThreshold()
    {
        float[] map = [.. Line(60).Zip(Line(150), (real, wrong) => Math.Max(0.8f * real, 0.3f * wrong))];

        Assert.Equal(1, Score(map, Line(60)));
    }

    [Fact]
    public void Best_ThresholdIsOfTheSetNotOfTheImage()
    {
        BoundaryFScore score = new(Tolerance);
        float[] strong = [.. Line(60).Zip(Line(150), (real, wrong) => Math.Max(0.9f * real, 0.5f * wrong))];
        float[] weak = [.. Line(60).Select(value => 0.3f * value)];

        score.Add(strong, Line(60), All(), Side, Side);
        score.Add(weak, Line(60), All(), Side, Side);

        // At 0.3: 400 of 400 labels, 600 found. At 0.6: 200 of 400 labels, 200 found.
        Assert.Equal(0.8, score.Best(), 1e-12);
    }

    [Fact]
    public void Best_PredictionWhereNothingIsKnown_IsIgnored()
    {
        float[] map = [.. Line(60).Zip(Line(150), Math.Max)];
        bool[] known = [.. Enumerable.Range(0, Side * Side).Select(i => i % Side < 100)];
        BoundaryFScore score = new(Tolerance);

        score.Add(map, Line(60), known, Side, Side);

        Assert.Equal(1, score.Best());
    }

    [Fact]
    public void Best_NoPrediction_IsZeroAndNoLabelIsNotANumber()
    {
        Assert.Equal(0, Score(new float[Side * Side], Line(60)));
        Assert.True(double.IsNaN(Score(Line(60), new float[Side * Side])));
    }

    [Fact]
    public void Ridges_FlatMap_AreNone()
    {
        float[] flat = [.. Enumerable.Range(0, Side * Side).Select(i => 0.5f + (1e-4f * (i % 7)))];

        Assert.Equal(-1, RidgeSuppression.Apply(flat, Side, Side, 0.01f).AsSpan().IndexOfAnyExcept(0f));
    }

    [Fact]
    public void Matching_ChainOfPixels_MovesPartnersToMakeRoom()
    {
        // Labels at 1 and 3, reach 1: pixel 2 takes label 1 or 3 first; then pixels 0 or 4 need the other or that one.
        bool[] labels = [false, true, false, true, false];
        PixelMatching matching = new(labels, 1, 5, distance: 1);

        matching.Add(2);
        matching.Add(0);
        matching.Add(4);

        Assert.Equal(2, matching.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Matching_RandomPixels_IsAsLargeAsTheSlowWay(int seed)
    {
        const int Size = 12;
        Random random = new(seed);
        bool[] labels = [.. Enumerable.Range(0, Size * Size).Select(_ => random.Next(4) == 0)];
        int[] found = [.. Enumerable.Range(0, Size * Size).Where(_ => random.Next(4) == 0)];
        random.Shuffle(found);
        PixelMatching matching = new(labels, Size, Size, distance: 1.5);
        List<int> added = [];

        foreach (int pixel in found)
        {
            matching.Add(pixel);
            added.Add(pixel);

            Assert.Equal(LargestMatching(added, labels, Size, 1.5), matching.Count);
        }
    }

    // Kuhn's algorithm from scratch.
    private static int LargestMatching(List<int> found, bool[] labels, int size, double distance)
    {
        Dictionary<int, int> partner = [];
        bool Augment(int pixel, HashSet<int> seen)
        {
            foreach (int label in Enumerable.Range(0, labels.Length).Where(label => labels[label]))
            {
                double y = (pixel / size) - (label / size), x = (pixel % size) - (label % size);
                if (Math.Sqrt((y * y) + (x * x)) <= distance && seen.Add(label) && (!partner.TryGetValue(label, out int other) || Augment(other, seen)))
                {
                    partner[label] = pixel;
                    return true;
                }
            }

            return false;
        }

        return found.Count(pixel => Augment(pixel, []));
    }

    private static double Score(float[] map, float[] label)
    {
        BoundaryFScore score = new(Tolerance);
        score.Add(map, label, All(), Side, Side);
        return score.Best();
    }

    private static float[] Line(int column) => [.. Enumerable.Range(0, Side * Side).Select(i => i % Side == column ? 1f : 0)];

    // A circle, a diagonal and a corner, some of it thick.
    private static float[] Shape() => [.. Enumerable.Range(0, Side * Side).Select(i =>
    {
        int y = i / Side, x = i % Side;
        double radius = Math.Sqrt(((y - 100) * (y - 100)) + ((x - 120) * (x - 120)));
        return Math.Abs(radius - 40) < 1.5 || y == x || (y == 20 && x > 100) || (x == 190 && y > 20) ? 1f : 0;
    })];

    private static bool[] All() => [.. Enumerable.Repeat(true, Side * Side)];
}
