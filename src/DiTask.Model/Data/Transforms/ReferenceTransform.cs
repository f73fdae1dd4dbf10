using DiTask.Model.Tasks;

namespace DiTask.Model.Data.Transforms;

/// <summary>The authors' chain, step by step: flip, turn and zoom at the source's size, resize. What lies beyond the border is 0.</summary>
/// <remarks>
/// Where the chain turns or zooms, its image library places pixels to 1/32 of a pixel; here they are placed exactly.
/// <b>Source:</b> data/custom_transforms.py @7541c55.
/// </remarks>
internal static class ReferenceTransform
{
    /// <summary>Grey levels with their fractions and overshoots, [3, size, size].</summary>
    public static double[] Image(Raster image, Distortion distortion, int size)
    {
        Raster turned = distortion.Flip ? image.Flipped() : image;
        return Resizer.Cubic(distortion.IsUpright ? turned : TurnCubic(turned, distortion), size);
    }

    /// <summary>[c, size, size].</summary>
    public static float[] Label(TaskInfo task, LabelMap map, Distortion distortion, int size)
    {
        Raster source = Raster.Of(map);
        return task.Kind == TaskKind.Vector ? Normals(source, distortion, size) : Scalars(task, source, distortion, size);
    }

    private static float[] Scalars(TaskInfo task, Raster source, Distortion distortion, int size)
    {
        Raster map = distortion.Flip ? source.Flipped() : source;
        if (!distortion.IsUpright)
        {
            map = AffineSampler.Nearest(map, distortion.ToSourceOfReference(map.Width, map.Height), map.Height, map.Width, outside: 0);
        }

        float[] values = Resizer.Nearest(map, size).Values;
        LabelTransform.Finish(task, values, distortion);
        if (task.Name == "depth")
        {
            values.AsSpan().Replace(0, LabelMap.Void);
        }

        return values;
    }

    private static float[] Normals(Raster source, Distortion distortion, int size)
    {
        Raster map = Vectors.WithoutVoid(source);
        map = distortion.Flip ? map.Flipped() : map;
        map = distortion.IsUpright ? map : TurnCubic(map, distortion);
        Vectors.Follow(distortion, map.Values);
        double[] resized = Resizer.Cubic(map, size);
        float[] values = new float[resized.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)resized[i];
        }

        Vectors.Normalise(values);
        return values;
    }

    private static Raster TurnCubic(Raster map, Distortion distortion) =>
        AffineSampler.Cubic(map, distortion.ToSourceOfReference(map.Width, map.Height), map.Height, map.Width, repeatBorder: false);
}
