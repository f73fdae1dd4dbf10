using DiTask.Synth.Geometry;
using DiTask.Synth.Scenes;

namespace DiTask.Synth.Rendering;

/// <summary>Finds what rays meet. One per thread: it counts and keeps lists.</summary>
internal sealed class Tracer(Scene scene, RenderWork work)
{
    private const double Near = 1e-6;

    private readonly int[] candidates = new int[scene.Primitives.Length];
    private int count;

    /// <summary>Keeps the solids that rays within a cone from the camera may meet; <see cref="Enter"/> looks at no others.</summary>
    public void Aim(Vec3 axis, double cosine, double sine)
    {
        count = 0;
        Vec3 eye = scene.Camera.Position;
        SceneObject[] objects = scene.Objects;
        for (int i = 0; i < objects.Length; i++)
        {
            ref readonly SceneObject thing = ref objects[i];
            if (!Meets(thing.Center - eye, thing.Radius, axis, cosine, sine))
            {
                continue;
            }

            for (int j = thing.First; j < thing.First + thing.Count; j++)
            {
                ref readonly Primitive solid = ref scene.Primitives[j];
                if (Meets(solid.Frame.Origin - eye, solid.Radius, axis, cosine, sine))
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

    /// <summary>Whether a solid lies between a point and <paramref name="most"/> metres from it.</summary>
    public bool IsBlocked(Vec3 point, Vec3 direction, double most, int except)
    {
        work.ShadowRays++;
        SceneObject[] objects = scene.Objects;
        work.SphereTests += objects.Length;
        for (int i = 0; i < objects.Length; i++)
        {
            ref readonly SceneObject thing = ref objects[i];
            if (i == except || !Crosses(thing.Center - point, thing.Radius, direction, most))
            {
                continue;
            }

            work.SphereTests += thing.Count;
            for (int j = thing.First; j < thing.First + thing.Count; j++)
            {
                ref readonly Primitive solid = ref scene.Primitives[j];
                if (!Crosses(solid.Frame.Origin - point, solid.Radius, direction, most))
                {
                    continue;
                }

                work.SolidTests++;
                if (Intersection.Enter(solid, point, direction, Near) < most)
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

    private static bool Crosses(Vec3 middle, double radius, Vec3 direction, double most)
    {
        double along = Vec3.Dot(middle, direction), square = radius * radius, far = Vec3.Dot(middle, middle);
        return far - (along * along) <= square && (along >= 0 || far <= square) && along - radius <= most;
    }
}
