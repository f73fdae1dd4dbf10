using DiTask.Model.Data;
using DiTask.Model.Vision;
using DiTask.Synth.Geometry;
using DiTask.Synth.Rendering;
using DiTask.Synth.Scenes;

namespace DiTask.Synth.Labels;

/// <summary>The six label maps of a scene, from the rays through the middles of the pixels.</summary>
internal static class SceneLabels
{
    public static Dictionary<string, LabelMap> Of(Scene scene, Hits hits, RgbImage image, SceneOptions options)
    {
        int size = hits.Size, plane = size * size;
        float[] classes = new float[plane], parts = new float[plane], depth = new float[plane], normals = new float[3 * plane];
        bool hasPeople = false;
        for (int i = 0; i < plane; i++)
        {
            int surface = hits.Surface[i];
            classes[i] = (float)scene.ClassOf(surface);
            parts[i] = surface >= 0 ? scene.Primitives[surface].Part : BodyPart.None;
            hasPeople |= parts[i] != BodyPart.None;
            if (surface == Surface.Sky)
            {
                depth[i] = normals[i] = normals[i + plane] = normals[i + (2 * plane)] = LabelMap.Void;
                continue;
            }

            double ahead = hits.Distance[i] * Vec3.Dot(hits.Direction[i], scene.Camera.Forward);
            depth[i] = ahead <= options.DepthRange ? (float)ahead : LabelMap.Void;
            Vec3 normal = scene.Camera.ToCamera(hits.Normal[i]);
            (normals[i], normals[i + plane], normals[i + (2 * plane)]) = ((float)normal.X, (float)normal.Y, (float)normal.Z);
        }

        if (!hasPeople)
        {
            parts.AsSpan().Fill(LabelMap.Void);
        }

        float[] saliency = Saliency.Of(scene, hits, image);
        if (options.VoidBorder > 0)
        {
            bool[] border = Borders.Near(hits, options.VoidBorder);
            for (int i = 0; i < plane; i++)
            {
                if (border[i])
                {
                    classes[i] = parts[i] = saliency[i] = LabelMap.Void;
                }
            }
        }

        return new Dictionary<string, LabelMap>
        {
            ["semseg"] = new(1, size, size, classes),
            ["human_parts"] = new(1, size, size, parts),
            ["sal"] = new(1, size, size, saliency),
            ["normals"] = new(3, size, size, normals),
            ["edge"] = new(1, size, size, Borders.Edges(scene, hits)),
            ["depth"] = new(1, size, size, depth),
        };
    }
}
