using DiTask.Synth.Geometry;
using DiTask.Synth.Scenes;
using DiTask.Synth.Shading;

namespace DiTask.Synth.Rendering;

/// <summary>Finds what rays meet. One per thread: it counts and keeps lists.</summary>
internal sealed class Tracer(Scene scene, RenderWork work)
{
    private const double Near = 1e-6;

    // Spheres by themselves: most rays need nothing else of a solid, and few of them fill a cache line.
    private readonly Ball[] things = Array.ConvertAll(scene.Objects, thing => new Ball(thing.Center, thing.Radius));
    private readonly Ball[] solids = Array.ConvertAll(scene.Primitives, solid => new Ball(solid.Frame.Origin, solid.Radius));
    private readonly int[] candidates = new int[scene.Primitives.Length];
    private readonly int[][] blockers = Array.ConvertAll(scene.Lights, _ => new int[scene.Objects.Length]);
    private readonly int[] blockerCounts = new int[scene.Lights.Length];
    private int count;
    private Ball lit;

    /// <summary>Keeps the solids that rays within a cone from the camera may meet; <see cref="Enter"/> looks at no others.</summary>
    public void Aim(Vec3 axis, double cosine, double sine)
    {
        count = 0;
        Vec3 eye = scene.Camera.Position;
        for (int i = 0; i < things.Length; i++)
        {
            if (!Meets(things[i].Center - eye, things[i].Radius, axis, cosine, sine))
            {
                continue;
            }

            ref readonly SceneObject thing = ref scene.Objects[i];
            for (int j = thing.First; j < thing.First + thing.Count; j++)
            {
                if (Meets(solids[j].Center - eye, solids[j].Radius, axis, cosine, sine))
                {
                    candidates[count++] = j;
                }
            }
        }
    }

    /// <summary>The first surface that a ray from the camera meets within the cone.</summary>
    public int Enter(Vec3 direction, out double distance)
    {
        Vec3 eye = scene.Camera.Position;
        distance = scene.EnterBackdrop(eye, direction, out int surface);
        work.SolidTests += count + 1;
        for (int i = 0; i < count; i++)
        {
            double t = Intersection.Enter(scene.Primitives[candidates[i]], eye, direction, Near);
            if (t < distance)
            {
                (distance, surface) = (t, candidates[i]);
            }
        }

        if (surface >= 0 && scene.Room is null && distance > Scene.Horizon)
        {
            (distance, surface) = (double.PositiveInfinity, Surface.Sky);
        }

        return surface;
    }

    /// <summary>Keeps, for each light, the objects that may throw a shadow into a ball; <see cref="IsBlocked"/> then looks at no others within it.</summary>
    public void Light(Vec3 center, double radius)
    {
        lit = new(center, radius);
        for (int light = 0; light < blockers.Length; light++)
        {
            Light source = scene.Lights[light];
            Vec3 way = source.IsSun ? Scene.Horizon * source.Position : source.Position - center;
            // A corner of the cube that the jitter fills; a sun's is given at a metre.
            double wide = Math.Sqrt(3) * source.Radius * (source.IsSun ? Scene.Horizon : 1), length = way.Length;
            int kept = 0;
            for (int i = 0; i < things.Length; i++)
            {
                // All rays stay within the hull of the two balls, which grows evenly from one to the other.
                Vec3 to = things[i].Center - center;
                double share = Math.Clamp(Vec3.Dot(to, way) / (length * length), 0, 1), reach = things[i].Radius + Math.Max(radius, wide);
                Vec3 off = to - (share * way);
                double tight = things[i].Radius + radius + (Math.Min(1, share + (things[i].Radius / length)) * wide);
                if (i != source.Holder && Vec3.Dot(off, off) <= Math.Min(reach * reach, tight * tight))
                {
                    blockers[light][kept++] = i;
                }
            }

            blockerCounts[light] = kept;
            work.SphereTests += things.Length;
        }
    }

    /// <summary>Whether a solid lies between a point and <paramref name="most"/> metres from it, on the way to a light.</summary>
    public bool IsBlocked(Vec3 point, Vec3 direction, double most, int light)
    {
        Vec3 off = point - lit.Center;
        bool isNear = Vec3.Dot(off, off) <= lit.Radius * lit.Radius;
        int holder = scene.Lights[light].Holder, all = isNear ? blockerCounts[light] : things.Length;
        work.ShadowRays++;
        work.SphereTests += all;
        for (int k = 0; k < all; k++)
        {
            int i = isNear ? blockers[light][k] : k;
            if (i == holder || !Crosses(things[i], point, direction, most))
            {
                continue;
            }

            ref readonly SceneObject thing = ref scene.Objects[i];
            work.SphereTests += thing.Count;
            for (int j = thing.First; j < thing.First + thing.Count; j++)
            {
                if (!Crosses(solids[j], point, direction, most))
                {
                    continue;
                }

                work.SolidTests++;
                if (Intersection.Enter(scene.Primitives[j], point, direction, Near) < most)
                {
                    return true;
                }
            }
        }

        return false;
    }

    // A ball meets a cone when its middle is inside the cone that is wider by the ball's radius.
    private bool Meets(Vec3 middle, double radius, Vec3 axis, double cosine, double sine)
    {
        work.SphereTests++;
        double along = Vec3.Dot(middle, axis), far = Vec3.Dot(middle, middle);
        if (far <= radius * radius)
        {
            return true;
        }

        double across = Math.Sqrt(Math.Max(0, far - (along * along)));
        return (across * cosine) - (along * sine) <= radius && along > -radius;
    }

    private static bool Crosses(in Ball ball, Vec3 point, Vec3 direction, double most)
    {
        double x = ball.Center.X - point.X, y = ball.Center.Y - point.Y, z = ball.Center.Z - point.Z;
        double along = (x * direction.X) + (y * direction.Y) + (z * direction.Z), far = (x * x) + (y * y) + (z * z), square = ball.Radius * ball.Radius;
        return far - (along * along) <= square && (along >= 0 || far <= square) && along - ball.Radius <= most;
    }

    private readonly record struct Ball(Vec3 Center, double Radius);
}
