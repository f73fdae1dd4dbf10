using DiTask.Model.Data;
using DiTask.Synth.Geometry;
using DiTask.Synth.Rendering;
using DiTask.Synth.Scenes;
using DiTask.Synth.Tests.Geometry;
using DiTask.Synth.Tests.Scenes;

namespace DiTask.Synth.Tests.Labels;

/// <summary>Depth and normals against each other and against the solids.</summary>
public sealed class GeometryLabelTests
{
    private const int Size = 64;
    private const int Plane = Size * Size;
    private const int Scenes = 16;

    [Fact]
    public void Normals_EveryKnownPixel_AreUnitVectorsTowardsTheCamera()
    {
        SceneRenderer renderer = new();
        for (int index = 0; index < Scenes; index++)
        {
            using RenderedScene scene = renderer.Render(1, SynthSplit.Train, index, Size);
            float[] n = scene.Labels["normals"].Values, classes = scene.Labels["semseg"].Values;
            for (int i = 0; i < Plane; i++)
            {
                bool isSky = classes[i] == (float)SceneClass.Sky;
                Assert.Equal(isSky, n[i] == LabelMap.Void);
                if (!isSky)
                {
                    Assert.Equal(1, Math.Sqrt((n[i] * n[i]) + (n[i + Plane] * n[i + Plane]) + (n[i + (2 * Plane)] * n[i + (2 * Plane)])), 5);
                }
            }
        }
    }

    [Fact]
    public void Normals_Floor_PointUpInTheCamerasFrame()
    {
        using RenderedScene picture = new SceneRenderer().Render(TestScenes.Room(), Size, default);
        float[] n = picture.Labels["normals"].Values, classes = picture.Labels["semseg"].Values;
        int bottom = Plane - (Size / 2);

        Assert.Equal((float)SceneClass.Floor, classes[bottom]);
        Assert.Equal((0f, -1f, 0f), (n[bottom], n[bottom + Plane], n[bottom + (2 * Plane)]));
        int middle = (Size * Size / 2) + (Size / 2);
        Assert.Equal((float)SceneClass.Wall, classes[middle]);
        Assert.Equal((0f, 0f, -1f), (n[middle], n[middle + Plane], n[middle + (2 * Plane)]));
    }

    [Fact]
    public void Depth_FrontalWallThroughABentLens_IsConstant()
    {
        using RenderedScene picture = new SceneRenderer().Render(TestScenes.Room(), Size, default);
        float[] depth = picture.Labels["depth"].Values;

        float[] wall = [.. depth.Where((_, i) => picture.Instances[i] == 6)];

        Assert.InRange(wall.Length, Plane / 10, Plane);
        Assert.All(wall, metres => Assert.Equal(4.5f, metres, 5));
    }

    [Fact]
    public void Depth_Reprojected_LiesOnItsSurface()
    {
        const double MostMetres = 1e-4;
        for (int index = 0; index < Scenes; index++)
        {
            Scene scene = SceneFactory.Create(2, SynthSplit.Val, index, World.Both);
            using RenderedScene picture = new SceneRenderer().Render(scene, Size, default);
            Hits hits = TestScenes.Trace(scene, Size);
            float[] depth = picture.Labels["depth"].Values;
            for (int i = 0; i < Plane; i++)
            {
                if (depth[i] != LabelMap.Void)
                {
                    Vec3 point = Point(scene, i, depth[i]);
                    double away = hits.Surface[i] >= 0 ? Implicit.Distance(scene.Primitives[hits.Surface[i]], point) : Backdrop(scene, hits.Surface[i], point);
                    Assert.True(Math.Abs(away) < MostMetres, $"scene {index}, pixel {i}, {scene.ClassOf(hits.Surface[i])}: {away} m off its surface");
                }
            }
        }
    }

    [Fact]
    public void Normals_AgainstTheGradientOfDepth_AgreeAwayFromEdges()
    {
        const double MostDegrees = 2;
        List<double> angles = [];
        for (int index = 0; index < Scenes; index++)
        {
            Scene scene = SceneFactory.Create(3, SynthSplit.Train, index, World.Both);
            using RenderedScene picture = new SceneRenderer().Render(scene, Size, default);
            float[] depth = picture.Labels["depth"].Values, n = picture.Labels["normals"].Values, edge = picture.Labels["edge"].Values;
            for (int i = Size + 1; i < Plane - Size - 1; i++)
            {
                int[] cross = [i - 1, i + 1, i - Size, i + Size];
                if (i % Size is 0 or Size - 1 || depth[i] == LabelMap.Void || cross.Any(at => picture.Instances[at] != picture.Instances[i] || edge[at] == 1) || edge[i] == 1)
                {
                    continue;
                }

                Vec3[] points = Array.ConvertAll(cross, at => scene.Camera.ToCamera(Point(scene, at, depth[at]) - scene.Camera.Position));
                // Right cross down looks ahead; towards the camera is the other way.
                Vec3 numeric = -Vec3.Cross(points[1] - points[0], points[3] - points[2]).Unit();
                double cosine = Vec3.Dot(numeric, new(n[i], n[i + Plane], n[i + (2 * Plane)]));
                angles.Add(Math.Acos(Math.Clamp(cosine, -1, 1)) * 180 / Math.PI);
            }
        }

        angles.Sort();
        Assert.True(angles.Count > Plane, $"{angles.Count} pixels");
        Assert.InRange(angles[angles.Count / 2], 0, MostDegrees);
        Assert.InRange(angles[angles.Count * 9 / 10], 0, 10);
    }

    [Fact]
    public void Labels_MirroredScene_AreMirrored()
    {
        for (int index = 0; index < 6; index++)
        {
            Dice dice = new(new CounterRandom(index, RandomPurpose.Scene));
            Scene drawn = SceneFactory.Create(4, SynthSplit.Train, index, World.Both);
            (double yaw, double pitch, double roll) = (dice.Between(-0.3, 0.3), dice.Between(0, 0.2), dice.Between(-0.1, 0.1));
            Vec3 eye = drawn.Camera.Position;
            Scene right = TestScenes.Mirror(drawn, new(TestScenes.Flip(eye), -yaw, pitch, -roll, 1.1, -0.08));
            Scene left = TestScenes.Mirror(right, new(eye, yaw, pitch, roll, 1.1, -0.08));

            using RenderedScene a = new SceneRenderer().Render(left, Size, default);
            using RenderedScene b = new SceneRenderer().Render(right, Size, default);

            int different = 0;
            for (int i = 0; i < Plane; i++)
            {
                int j = (i / Size * Size) + Size - 1 - (i % Size);
                bool same = a.Labels["semseg"].Values[i] == b.Labels["semseg"].Values[j] && a.Labels["human_parts"].Values[i] == b.Labels["human_parts"].Values[j]
                    && Math.Abs(a.Labels["depth"].Values[i] - b.Labels["depth"].Values[j]) < 1e-4
                    && (a.Labels["depth"].Values[i] == LabelMap.Void || Math.Abs(a.Labels["normals"].Values[i] + b.Labels["normals"].Values[j]) < 1e-4)
                    && Math.Abs(a.Labels["normals"].Values[i + Plane] - b.Labels["normals"].Values[j + Plane]) < 1e-4;
                different += same ? 0 : 1;
            }

            // Rays that graze a silhouette may fall on either side of it.
            Assert.InRange(different, 0, Plane / 1000);
        }
    }

    private static Vec3 Point(Scene scene, int pixel, float depth)
    {
        Vec3 direction = scene.Camera.Direction((pixel % Size) + 0.5, (pixel / Size) + 0.5, Size);
        return scene.Camera.Position + (depth / Vec3.Dot(direction, scene.Camera.Forward) * direction);
    }

    private static double Backdrop(Scene scene, int surface, Vec3 point)
    {
        if (surface == Surface.Ground)
        {
            return point.Z;
        }

        (Vec3 least, Vec3 most) = scene.Room!.Value;
        return surface switch
        {
            Surface.Ceiling => point.Z - most.Z,
            Surface.FirstWall => point.X - least.X,
            Surface.FirstWall - 1 => point.X - most.X,
            Surface.FirstWall - 2 => point.Y - least.Y,
            _ => point.Y - most.Y,
        };
    }
}
