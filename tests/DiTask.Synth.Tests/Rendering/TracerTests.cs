using DiTask.Model.Data;
using DiTask.Synth.Geometry;
using DiTask.Synth.Rendering;
using DiTask.Synth.Scenes;
using DiTask.Synth.Shading;

namespace DiTask.Synth.Tests.Rendering;

public sealed class TracerTests
{
    [Fact]
    public void IsBlocked_WithinALitBall_IsWhatAllObjectsSay()
    {
        int blocked = 0, all = 0;
        for (int index = 0; index < 12; index++)
        {
            Scene scene = SceneFactory.Create(8, SynthSplit.Train, index, World.Both);
            Tracer limited = new(scene, new RenderWork()), whole = new(scene, new RenderWork());
            whole.Light(new(1e6, 0, 0), 0);
            Dice dice = new(new CounterRandom(index, RandomPurpose.Scene));
            for (int ball = 0; ball < 40; ball++)
            {
                Vec3 middle = new(dice.Between(-2, 2), dice.Between(1, 5), dice.Between(0, 2));
                double radius = dice.Between(0.01, 1);
                limited.Light(middle, radius);
                for (int ray = 0; ray < 10; ray++)
                {
                    int light = dice.Below(scene.Lights.Length);
                    Vec3 point = middle + (radius * 0.57 * new Vec3(dice.Between(-1, 1), dice.Between(-1, 1), dice.Between(-1, 1)));
                    Vec3 way = Towards(scene.Lights[light], point, dice);
                    double most = scene.Lights[light].IsSun ? Scene.Horizon : way.Length;

                    bool expected = whole.IsBlocked(point, way.Unit(), most, light);

                    Assert.Equal(expected, limited.IsBlocked(point, way.Unit(), most, light));
                    blocked += expected ? 1 : 0;
                    all++;
                }
            }
        }

        Assert.InRange(blocked, all / 20, all / 2);
    }

    [Fact]
    public void Enter_WithinTheCone_IsWhatAllSolidsSay()
    {
        for (int index = 0; index < 12; index++)
        {
            Scene scene = SceneFactory.Create(8, SynthSplit.Val, index, World.Both);
            Tracer limited = new(scene, new RenderWork()), whole = new(scene, new RenderWork());
            whole.Aim(scene.Camera.Forward, -1, 0);
            Dice dice = new(new CounterRandom(index, RandomPurpose.Scene));
            for (int ray = 0; ray < 300; ray++)
            {
                Vec3 direction = scene.Camera.Direction(dice.Between(0, 100), dice.Between(0, 100), 100);
                double angle = dice.Between(0.01, 0.2);
                Vec3 axis = (direction + (0.5 * angle * new Vec3(dice.Between(-1, 1), dice.Between(-1, 1), dice.Between(-1, 1)))).Unit();
                limited.Aim(axis, Math.Cos(angle), Math.Sin(angle));
                if (Math.Acos(Vec3.Dot(axis, direction)) < angle)
                {
                    Assert.Equal(whole.Enter(direction, out double expected), limited.Enter(direction, out double found));
                    Assert.Equal(expected, found);
                }
            }
        }
    }

    private static Vec3 Towards(Light light, Vec3 point, Dice dice)
    {
        Vec3 spread = light.Radius * new Vec3(dice.Between(-1, 1), dice.Between(-1, 1), dice.Between(-1, 1));
        return light.Position + spread - (light.IsSun ? default : point);
    }
}
