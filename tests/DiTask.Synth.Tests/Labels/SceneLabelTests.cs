using DiTask.Model.Data;
using DiTask.Synth.Data;
using DiTask.Synth.Geometry;
using DiTask.Synth.Rendering;
using DiTask.Synth.Scenes;
using DiTask.Synth.Tests.Scenes;

namespace DiTask.Synth.Tests.Labels;

public sealed class SceneLabelTests
{
    private const int Size = 56;

    [Fact]
    public void Parts_EveryPixel_AreThereExactlyWhereAPersonIs()
    {
        int people = 0;
        for (int index = 0; index < 24; index++)
        {
            using RenderedScene scene = new SceneRenderer().Render(1, SynthSplit.Val, index, Size);
            float[] classes = scene.Labels["semseg"].Values, parts = scene.Labels["human_parts"].Values;
            bool hasPeople = classes.Contains((float)SceneClass.Person);
            people += hasPeople ? 1 : 0;
            for (int i = 0; i < classes.Length; i++)
            {
                Assert.Equal(hasPeople ? classes[i] == (float)SceneClass.Person : true, hasPeople ? parts[i] > 0 : parts[i] == LabelMap.Void);
            }
        }

        Assert.InRange(people, 8, 23);
    }

    [Fact]
    public void Classes_TwoHundredScenes_AllOccurAndNoneRules()
    {
        const int Count = 200;
        long[] classes = new long[SynthTasks.ClassNames.Count], parts = new long[7];
        Lock guard = new();
        Parallel.For(0, Count, index =>
        {
            using RenderedScene scene = new SceneRenderer().Render(1, SynthSplit.Train, index, 48);
            lock (guard)
            {
                foreach (float label in scene.Labels["semseg"].Values)
                {
                    classes[(int)label]++;
                }

                foreach (float part in scene.Labels["human_parts"].Values.Where(part => part != LabelMap.Void))
                {
                    parts[(int)part]++;
                }
            }
        });

        for (int label = 0; label < classes.Length; label++)
        {
            double share = (double)classes[label] / classes.Sum();
            Assert.True(share is > 0.002 and < 0.5, $"{SynthTasks.ClassNames[label]} has {100 * share:0.00} % of the pixels");
        }

        Assert.True(parts[BodyPart.LowerArm] > 0.002 * parts.Sum(), $"lower arms have {100.0 * parts[BodyPart.LowerArm] / parts.Sum():0.00} %");
    }

    [Fact]
    public void Saliency_LargeBallInTheMiddle_WinsOverASmallOneAside()
    {
        using RenderedScene picture = new SceneRenderer().Render(TestScenes.Room(TestScenes.Ball(new(0, 3, 1.5), 0.6), TestScenes.Ball(new(1.2, 3, 0.4), 0.15)), Size, default);
        float[] saliency = picture.Labels["sal"].Values;

        Assert.All(Enumerable.Range(0, saliency.Length), i => Assert.Equal(picture.Instances[i] == 8 ? 1 : 0, saliency[i]));
        Assert.Contains(9, picture.Instances);
    }

    [Fact]
    public void Saliency_EmptyRoom_IsNowhere()
    {
        using RenderedScene picture = new SceneRenderer().Render(TestScenes.Room(), Size, default);

        Assert.All(picture.Labels["sal"].Values, value => Assert.Equal(0, value));
    }

    [Fact]
    public void Edges_OpenField_OnlyTheHorizon()
    {
        using RenderedScene picture = new SceneRenderer().Render(TestScenes.Field(), Size, default);
        float[] edge = picture.Labels["edge"].Values;

        for (int x = 0; x < Size; x++)
        {
            Assert.Equal(1, Enumerable.Range(0, Size).Count(y => edge[(y * Size) + x] == 1 && y > 2));
        }
    }

    [Fact]
    public void Edges_BallBeforeAWall_AreItsOutline()
    {
        using RenderedScene picture = new SceneRenderer().Render(TestScenes.Room(TestScenes.Ball(new(0, 3, 1.5), 0.5)), Size, default);
        float[] edge = picture.Labels["edge"].Values;

        for (int i = 0; i < edge.Length - Size - 1; i++)
        {
            if (picture.Instances[i] == 8 && picture.Instances[i + 1] == 8 && picture.Instances[i + Size] == 8 && picture.Instances[i - 1] == 8 && picture.Instances[i - Size] == 8)
            {
                continue;
            }

            bool border = i % Size < Size - 1 && picture.Instances[i] != picture.Instances[i + 1];
            Assert.True(!border || edge[i] == 1, $"pixel {i}");
        }

        Assert.Equal(0, edge[(Size / 2 * Size) + (Size / 2)]);
    }

    [Fact]
    public void VoidBorder_Two_HidesTwoPixelsOnEachSide()
    {
        SceneRenderer renderer = new(new SceneOptions { VoidBorder = 2 });
        using RenderedScene picture = renderer.Render(TestScenes.Room(TestScenes.Ball(new(0, 3, 1.5), 0.5)), Size, default);
        int row = Size / 2 * Size;
        int first = Enumerable.Range(0, Size).First(x => picture.Instances[row + x] == 8);
        float[] classes = picture.Labels["semseg"].Values;

        Assert.Equal([LabelMap.Void, LabelMap.Void, LabelMap.Void, LabelMap.Void], classes.AsSpan(row + first - 2, 4).ToArray());
        Assert.Equal((float)SceneClass.Wall, classes[row + first - 4]);
        Assert.Equal((float)SceneClass.Sphere, classes[row + first + 5]);
        Assert.DoesNotContain(LabelMap.Void, picture.Labels["depth"].Values);
    }

    [Fact]
    public void DepthRange_OfAStreet_HidesWhatIsFartherAndNothingElse()
    {
        SceneOptions options = new() { World = World.Outdoor, DepthRange = double.PositiveInfinity };
        using RenderedScene far = new SceneRenderer(options).Render(1, SynthSplit.Train, 0, Size), near = new SceneRenderer(options with { DepthRange = 8 }).Render(1, SynthSplit.Train, 0, Size);

        Assert.Contains(far.Labels["depth"].Values, depth => depth is > 8 and not LabelMap.Void);
        Assert.Equal(far.Labels["depth"].Values.Select(depth => depth > 8 ? LabelMap.Void : depth), near.Labels["depth"].Values);
    }

    [Fact]
    public void DropLabels_Half_DropsAboutHalfAndNeverAll()
    {
        SceneRenderer renderer = new(new SceneOptions { DropLabels = 0.5 });
        int kept = 0;
        for (int index = 0; index < 40; index++)
        {
            using RenderedScene scene = renderer.Render(1, SynthSplit.Train, index, 16);
            Assert.NotEmpty(scene.Labels);
            kept += scene.Labels.Count;
        }

        Assert.InRange(kept, 100, 180);
    }
}
