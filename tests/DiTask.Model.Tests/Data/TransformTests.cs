using DiTask.Model.Data;
using DiTask.Model.Data.Transforms;
using DiTask.Model.Tasks;
using DiTask.Model.Vision;

namespace DiTask.Tests.Data;

public sealed class TransformTests
{
    private static readonly TaskInfo[] Tasks =
    [
        TaskCatalog.Describe("semseg", 40), TaskCatalog.Describe("human_parts", 7), TaskCatalog.Describe("sal", 1),
        TaskCatalog.Describe("normals", 3), TaskCatalog.Describe("edge", 1), TaskCatalog.Describe("depth", 1),
    ];

    private static readonly float[] Zero = [0, 0, 0];
    private static readonly float[] One = [1, 1, 1];

    [Theory]
    [InlineData(PreprocessMode.Clamp)]
    [InlineData(PreprocessMode.Reference)]
    public void Apply_FlipOfAMirroredScene_IsTheSceneItself(PreprocessMode mode)
    {
        using Sample scene = Scene(20, 14, mirrored: false), mirrored = Scene(20, 14, mirrored: true);
        SampleTransform transform = Transform(16, mode);

        Example expected = transform.Apply(scene, Distortion.None);
        Example actual = transform.Apply(mirrored, new Distortion(true, 0, 1));

        AssertClose(expected.Image, actual.Image, 1.01f / 255);
        foreach (TaskInfo task in Tasks.Where(task => task.Name != "normals" && mode == PreprocessMode.Clamp))
        {
            Assert.Equal(expected.Labels[task.Name], actual.Labels[task.Name]);
        }

        AssertClose(expected.Labels["normals"], actual.Labels["normals"], 1e-5f);
    }

    [Fact]
    public void Apply_FlipTwice_IsTheIdentity()
    {
        using Sample scene = Scene(16, 16, mirrored: false);
        SampleTransform transform = Transform(16, PreprocessMode.Clamp);
        Distortion flip = new(true, 0, 1);

        using Sample once = Again(transform.Apply(scene, flip));
        Example twice = transform.Apply(once, flip);

        Example expected = transform.Apply(scene, Distortion.None);
        Assert.Equal(expected.Image, twice.Image);
        Assert.NotEqual(expected.Labels["normals"], once.Labels["normals"].Values);
        foreach (TaskInfo task in Tasks)
        {
            AssertClose(expected.Labels[task.Name], twice.Labels[task.Name], 1e-6f);
        }
    }

    // Counter-clockwise on the screen, where y points down: right becomes up.
    [Theory]
    [InlineData(PreprocessMode.Clamp)]
    [InlineData(PreprocessMode.Reference)]
    public void Apply_QuarterTurn_TurnsNormalsInTheirPlane(PreprocessMode mode)
    {
        using Sample plane = Sample(16, 16, ("normals", Pictures.Normals(16, 16, (_, _) => (0.6f, 0, 0.8f))));

        float[] normals = Transform(16, mode).Apply(plane, new Distortion(false, 90, 1)).Labels["normals"];

        int middle = (8 * 16) + 8;
        Assert.Equal([0, -0.6f, 0.8f], [normals[middle], normals[256 + middle], normals[512 + middle]], new Within(1e-5f));
    }

    [Fact]
    public void Apply_QuarterTurn_MovesLabelsWithThePicture()
    {
        // A bright corner at the top right, labelled 7.
        static bool Corner(int x, int y) => x >= 12 && y < 4;
        using Sample sample = new(
            "x",
            Pictures.Image(16, 16, (x, y) => Corner(x, y) ? (200, 200, 200) : (0, 0, 0)),
            new Dictionary<string, LabelMap> { ["semseg"] = Pictures.Map(16, 16, (x, y) => Corner(x, y) ? 7 : 1) });

        Example turned = Transform(16, PreprocessMode.Clamp).Apply(sample, new Distortion(false, 90, 1));

        for (int i = 0; i < 256; i++)
        {
            // Counter-clockwise: the top right goes to the top left.
            bool corner = i % 16 < 4 && i / 16 < 4;
            Assert.Equal(corner ? 7 : 1, turned.Labels["semseg"][i]);
            Assert.Equal(corner ? 200 / 255f : 0, turned.Image[i], 0.005);
        }
    }

    [Theory]
    [InlineData(17, 1.2)]
    [InlineData(-33, 0.8)]
    [InlineData(0, 1.5)]
    public void Apply_AnyTurn_KeepsLabelsOnThePicture(double angle, double scale)
    {
        // Classes by brightness: where the picture is clearly bright or dark, the label has to say so.
        static bool Bright(int x, int y) => ((x - 30) * (x - 30)) + ((y - 14) * (y - 14)) < 100;
        using Sample sample = new(
            "x",
            Pictures.Image(48, 36, (x, y) => Bright(x, y) ? (250, 250, 250) : (20, 20, 20)),
            new Dictionary<string, LabelMap> { ["semseg"] = Pictures.Map(48, 36, (x, y) => Bright(x, y) ? 1 : 0) });

        Example example = Transform(40, PreprocessMode.Clamp).Apply(sample, new Distortion(true, angle, scale));

        int bright = 0, borders = 0;
        for (int i = 0; i < 1600; i++)
        {
            float label = example.Labels["semseg"][i];
            borders += label == LabelMap.Void ? 1 : 0;
            bright += label == 1 ? 1 : 0;
            if (label != LabelMap.Void && Math.Abs(example.Image[i] - 0.53f) > 0.3f)
            {
                Assert.Equal(example.Image[i] > 0.5f ? 1 : 0, label);
            }
        }

        Assert.InRange(bright, 50, 1000);
        Assert.Equal(angle != 0 || scale < 1, borders > 0);
    }

    [Theory]
    [InlineData(PreprocessMode.Clamp, LabelMap.Void)]
    [InlineData(PreprocessMode.Reference, 0)]
    public void Apply_Shrunk_BorderIsUnknownOrClassZero(PreprocessMode mode, float expected)
    {
        using Sample sample = Sample(16, 16, ("semseg", Pictures.Map(16, 16, (_, _) => 3)));

        float[] labels = Transform(16, mode).Apply(sample, new Distortion(false, 0, 0.5)).Labels["semseg"];

        Assert.Equal(expected, labels[0]);
        Assert.Equal(3, labels[(8 * 16) + 8]);
    }

    [Fact]
    public void Apply_Shrunk_BorderOfThePictureIsTheMeanColour()
    {
        using Sample sample = Sample(16, 16, ("semseg", Pictures.Map(16, 16, (_, _) => 3)));

        float[] image = new SampleTransform(Tasks, 16, [0.4f, 0.5f, 0.6f], One).Apply(sample, new Distortion(false, 0, 0.5)).Image;

        Assert.Equal((0, 0, 0), (image[0], image[256], image[512]));
        Assert.NotEqual(0, image[(8 * 16) + 8]);
    }

    [Theory]
    [InlineData(PreprocessMode.Clamp)]
    [InlineData(PreprocessMode.Reference)]
    public void Apply_Zoom_DividesDepth(PreprocessMode mode)
    {
        using Sample sample = Sample(16, 16, ("depth", Pictures.Map(16, 16, (x, _) => x == 0 ? LabelMap.Void : 6)));

        float[] depth = Transform(16, mode).Apply(sample, new Distortion(false, 0, 1.5)).Labels["depth"];
        float[] plain = Transform(16, mode).Apply(sample, Distortion.None).Labels["depth"];

        Assert.All(depth, value => Assert.Equal(4, value, 1e-6));
        Assert.Equal((LabelMap.Void, 6), (plain[0], plain[1]));
    }

    [Theory]
    [InlineData(PreprocessMode.Clamp)]
    [InlineData(PreprocessMode.Reference)]
    public void Apply_IgnoreRegions_AreVoid(PreprocessMode mode)
    {
        using Sample sample = Sample(
            12,
            12,
            ("human_parts", Pictures.Map(12, 12, (_, _) => 0)),
            ("normals", Pictures.Normals(12, 12, (x, _) => x < 6 ? (LabelMap.Void, LabelMap.Void, LabelMap.Void) : (0, 0, 1))));

        Example example = Transform(12, mode).Apply(sample, Distortion.None);

        Assert.All(example.Labels["human_parts"], value => Assert.Equal(LabelMap.Void, value));
        Assert.Equal(LabelMap.Void, example.Labels["normals"][288]);
        Assert.Equal(1, example.Labels["normals"][288 + 11]);
        Assert.All(example.Labels["sal"], value => Assert.Equal(LabelMap.Void, value));
    }

    [Fact]
    public void Apply_NormalsBesideUnknown_AreNeverTurnedRound()
    {
        using Sample sample = Sample(
            40, 40, ("normals", Pictures.Normals(40, 40, (x, y) => (x / 3 + y / 3) % 2 == 0 ? (LabelMap.Void, LabelMap.Void, LabelMap.Void) : (0, 0, 1))));

        float[] right = Transform(64, PreprocessMode.Clamp).Apply(sample, new Distortion(false, 10, 1.1)).Labels["normals"];
        float[] reference = Transform(64, PreprocessMode.Reference).Apply(sample, new Distortion(false, 10, 1.1)).Labels["normals"];

        Assert.Contains(right, value => value == 1);
        Assert.DoesNotContain(right, value => value < -0.5f);
        // What the default avoids.
        Assert.Contains(reference, value => value < -0.5f);
    }

    [Fact]
    public void Draw_Many_StayInRangeAndDifferBySample()
    {
        Distortion[] draws = [.. Enumerable.Range(0, 2000).Select(i => Augmentation.Pascal.Draw(new CounterRandom(1, RandomPurpose.Augmentation, 0, i)))];
        Distortion[] zooms = [.. Enumerable.Range(0, 2000).Select(i => Augmentation.Nyud.Draw(new CounterRandom(1, RandomPurpose.Augmentation, 0, i)))];

        Assert.All(draws, draw => Assert.InRange(draw.AngleDegrees, -20, 20));
        Assert.All(draws, draw => Assert.InRange(draw.Scale, 0.75, 1.25));
        Assert.InRange(draws.Count(draw => draw.Flip), 900, 1100);
        Assert.InRange(draws.Average(draw => draw.AngleDegrees), -1, 1);
        Assert.InRange(draws.Max(draw => draw.Scale), 1.24, 1.25);
        Assert.Equal([1, 1.2, 1.5], zooms.Select(draw => draw.Scale).Distinct().Order());
        Assert.All(zooms, draw => Assert.Equal(0, draw.AngleDegrees));
        Assert.Equal(draws.Select(draw => draw.Flip), zooms.Select(draw => draw.Flip));
        Assert.Equal(Distortion.None, Augmentation.None.Draw(new CounterRandom(3, RandomPurpose.Augmentation)));
    }

    [Fact]
    public void Problems_WrongNumbers_AreAllListed()
    {
        Augmentation wrong = new() { FlipProbability = 2, MaxAngleDegrees = -1, MinScale = 0, Scales = [double.NaN] };

        Assert.Equal(4, wrong.Problems().Count);
        Assert.Empty(Augmentation.Pascal.Problems());
        Assert.Throws<ArgumentException>(() => new SampleTransform(Tasks, 8, Zero, One, augmentation: wrong));
    }

    private static SampleTransform Transform(int size, PreprocessMode mode) => new(Tasks, size, Zero, One, mode);

    private static Sample Sample(int width, int height, params (string Task, LabelMap Map)[] labels) =>
        new("x", Pictures.Image(width, height, (x, y) => (x * 10, y * 10, 128)), labels.ToDictionary(label => label.Task, label => label.Map));

    // A scene of all six labels, and what a mirror shows of it.
    private static Sample Scene(int width, int height, bool mirrored)
    {
        int At(int x) => mirrored ? width - 1 - x : x;
        float sign = mirrored ? -1 : 1;
        return new Sample(
            "scene",
            Pictures.Image(width, height, (x, y) => (At(x) * 12, y * 17, At(x) * y % 200)),
            new Dictionary<string, LabelMap>
            {
                ["semseg"] = Pictures.Map(width, height, (x, y) => (At(x) / 3) + (y / 5)),
                ["human_parts"] = Pictures.Map(width, height, (x, y) => At(x) > 10 && y > 4 ? 2 : 0),
                ["sal"] = Pictures.Map(width, height, (x, _) => At(x) > 10 ? 1 : 0),
                ["edge"] = Pictures.Map(width, height, (x, y) => At(x) == y ? 1 : 0),
                ["depth"] = Pictures.Map(width, height, (x, y) => 1 + (At(x) * 0.1f) + y),
                ["normals"] = Pictures.Normals(width, height, (x, _) => At(x) > 5 ? (sign * 0.6f, 0.48f, 0.64f) : (sign * -0.8f, 0, 0.6f)),
            });
    }

    private static Sample Again(Example example) => new(
        example.Id,
        Pictures.Image(16, 16, (x, y) => (Grey(example, 0, x, y), Grey(example, 1, x, y), Grey(example, 2, x, y))),
        example.Labels.ToDictionary(label => label.Key, label => new LabelMap(label.Value.Length / 256, 16, 16, label.Value)));

    private static int Grey(Example example, int channel, int x, int y) => (int)MathF.Round(example.Image[(channel * 256) + (y * 16) + x] * 255);

    private static void AssertClose(float[] expected, float[] actual, float tolerance) => Assert.Equal(expected, actual, new Within(tolerance));

    private sealed class Within(float tolerance) : IEqualityComparer<float>
    {
        public bool Equals(float x, float y) => Math.Abs(x - y) <= tolerance;

        public int GetHashCode(float obj) => 0;
    }
}
