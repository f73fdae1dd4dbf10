using System.Numerics;
using DiTask.Synth.Geometry;
using DiTask.Synth.Scenes;
using DiTask.Synth.Shading;

namespace DiTask.Synth.Rendering;

/// <summary>Light that reaches the camera along a ray.</summary>
internal sealed class Shader(Scene scene, Tracer tracer, RenderWork work, double pixelAngle, uint key)
{
    // Shadow rays start this far off their surface.
    private const double Lift = 2e-5;
    private const float CornerDark = 0.35f;
    private const double CornerReach = 0.22;

    /// <summary>The light from a surface.</summary>
    /// <param name="surface">What the ray meets.</param>
    /// <param name="distance">Metres along the ray.</param>
    /// <param name="direction">Of the ray.</param>
    /// <param name="sample">Number of the sample in the picture; soft shadows are jittered by it.</param>
    public Vector3 Shade(int surface, double distance, Vec3 direction, int sample)
    {
        work.Samples++;
        if (surface == Surface.Sky)
        {
            return scene.Sky.Color(direction);
        }

        Vec3 point = scene.Camera.Position + (distance * direction);
        Vec3 normal = surface >= 0 ? SurfaceNormal.At(scene.Primitives[surface], point) : Scene.BackdropNormal(surface);
        double facing = -Vec3.Dot(normal, direction);
        double width = distance * pixelAngle / Math.Max(facing, 0.12);
        (Material material, Vector3 color) = Paint(surface, point, normal, width);
        Vector3 light = Ambient(surface, point, normal);
        Vector3 shine = Vector3.Zero;
        Vec3 start = point + (Lift * normal);
        for (int i = 0; i < scene.Lights.Length; i++)
        {
            Vector3 arriving = Arriving(i, start, normal, Noise.Hash(sample, i, 5, key), out Vec3 towards);
            if (arriving == Vector3.Zero)
            {
                continue;
            }

            light += arriving * (float)Vec3.Dot(normal, towards);
            if (material.Gloss > 0)
            {
                Vec3 half = (towards - direction).Unit();
                float bright = (float)Math.Max(0, Vec3.Dot(half, normal));
                bright *= bright;
                bright *= bright;
                bright *= bright;
                bright *= bright;
                shine += arriving * (bright * bright);
            }
        }

        Vector3 seen = (color * (light + new Vector3(material.Emission))) + (0.45f * material.Gloss * shine);
        if (material.Gloss > 0.7f)
        {
            // Glass and fresh paint mirror the sky a little, the more the flatter one looks.
            float edge = (float)Math.Pow(1 - Math.Max(facing, 0), 3);
            Vec3 mirrored = direction + (2 * facing * normal);
            seen = Vector3.Lerp(seen, Surroundings(mirrored), material.Gloss * (0.08f + (0.5f * edge)));
        }

        return scene.Fog > 0 ? Vector3.Lerp(scene.FogColor, seen, (float)Math.Exp(-scene.Fog * distance)) : seen;
    }

    private Vector3 Surroundings(Vec3 direction) => scene.Room is null
        ? direction.Z > 0 ? Vector3.Lerp(scene.Sky.Horizon, scene.Sky.Zenith, (float)direction.Z) : scene.Surfaces[0].A * 0.6f
        : Vector3.Lerp(scene.AmbientBelow, scene.AmbientAbove, (float)(0.5 + (0.5 * direction.Z)));

    private (Material Material, Vector3 Color) Paint(int surface, Vec3 point, Vec3 normal, double width)
    {
        if (surface >= 0)
        {
            ref readonly Primitive solid = ref scene.Primitives[surface];
            Frame frame = scene.Objects[solid.Object].Frame;
            bool isPlain = solid.Material.Kind == TextureKind.Plain;
            return (solid.Material, isPlain ? solid.Material.A : Texture.Color(solid.Material, frame.ToLocal(point), frame.ToLocalDirection(normal), width));
        }

        // The last one lies on top.
        for (int i = scene.Decals.Length - 1; i >= 0; i--)
        {
            Decal decal = scene.Decals[i];
            if (decal.Surface == surface && decal.Covers(point, out Vec3 local))
            {
                return (decal.Material, Texture.Color(decal.Material, local, Vec3.Up, width));
            }
        }

        Material material = scene.Surfaces[-2 - surface];
        return (material, Texture.Color(material, point, normal, width));
    }

    private Vector3 Ambient(int surface, Vec3 point, Vec3 normal)
    {
        Vector3 ambient = Vector3.Lerp(scene.AmbientBelow, scene.AmbientAbove, (float)(0.5 + (0.5 * normal.Z)));
        float open = 1;
        if (scene.Room is { } room)
        {
            // Corners see less of the room than its middle does.
            double x = Math.Min(point.X - room.Least.X, room.Most.X - point.X), y = Math.Min(point.Y - room.Least.Y, room.Most.Y - point.Y);
            double z = Math.Min(point.Z - room.Least.Z, room.Most.Z - point.Z);
            open *= Math.Abs(normal.X) > 0.99 ? 1 : Openness(x);
            open *= Math.Abs(normal.Y) > 0.99 ? 1 : Openness(y);
            open *= Math.Abs(normal.Z) > 0.99 ? 1 : Openness(z);
        }
        else if (surface >= 0)
        {
            open = Openness(point.Z);
        }

        return ambient * open;
    }

    private static float Openness(double away) => 1 - (CornerDark * (float)Math.Exp(-away / CornerReach));

    private Vector3 Arriving(int index, Vec3 point, Vec3 normal, uint jitter, out Vec3 towards)
    {
        Light light = scene.Lights[index];
        Vec3 spread = new(Noise.Unit(jitter) - 0.5, Noise.Unit(jitter * 747796405u) - 0.5, Noise.Unit(jitter * 2891336453u) - 0.5);
        // Only shadows see the size of the light: jittered brightness would be grain.
        Vec3 way = light.IsSun ? light.Position : light.Position - point;
        double far = way.Length;
        towards = (1 / far) * way;
        if (Vec3.Dot(normal, towards) <= 0)
        {
            return Vector3.Zero;
        }

        Vec3 somewhere = way + (2 * light.Radius * spread);
        double reachable = somewhere.Length;
        if (tracer.IsBlocked(point, (1 / reachable) * somewhere, light.IsSun ? Scene.Horizon : reachable, index))
        {
            return Vector3.Zero;
        }

        double reach = light.Reach * light.Reach;
        return light.IsSun ? light.Color : light.Color * (float)(1.25 * reach / ((far * far) + (0.25 * reach)));
    }
}
