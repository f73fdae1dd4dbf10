using DiTask.Model.Tasks;

namespace DiTask.Model.Data.Transforms;

/// <summary>A label map to the square of the network: done right, with one reading of the source and nothing known beyond its border.</summary>
internal static class LabelTransform
{
    /// <summary>[c, size, size].</summary>
    public static float[] Apply(TaskInfo task, LabelMap map, Distortion distortion, int size)
    {
        Raster source = Raster.Of(map);
        AffineMap toSource = distortion.ToSource(map.Width, map.Height, size);
        if (task.Kind == TaskKind.Vector)
        {
            return Normals(source, toSource, distortion, size);
        }

        float[] values = AffineSampler.Nearest(source, toSource, size, size, LabelMap.Void).Values;
        Finish(task, values, distortion);
        return values;
    }

    /// <summary>What is left once the pixels are in place: a zoomed depth, and a picture without people says nothing about parts.</summary>
    public static void Finish(TaskInfo task, Span<float> values, Distortion distortion)
    {
        if (task.Name == "depth" && distortion.Scale != 1)
        {
            foreach (ref float depth in values)
            {
                depth = depth == LabelMap.Void ? depth : (float)(depth / distortion.Scale);
            }
        }

        if (task.Name == "human_parts" && !values.ContainsAnyExcept(0, LabelMap.Void))
        {
            values.Fill(LabelMap.Void);
        }
    }

    // A cubic reading of known and unknown vectors would turn round those that lie across the edge of what is known: the nearest one decides.
    private static float[] Normals(Raster source, AffineMap toSource, Distortion distortion, int size)
    {
        float[] values = AffineSampler.Cubic(Vectors.WithoutVoid(source), toSource, size, size, repeatBorder: true).Values;
        int plane = size * size;
        for (int i = 0; i < plane; i++)
        {
            int nearest = AffineSampler.NearestIndex(source, toSource, i % size, i / size);
            if (nearest < 0 || Vectors.IsVoid(source.Values, source.Height * source.Width, nearest))
            {
                (values[i], values[plane + i], values[(2 * plane) + i]) = (0, 0, 0);
            }
        }

        Vectors.Follow(distortion, values);
        Vectors.Normalise(values);
        return values;
    }
}
