using DiTask.Model.Tasks;
using DiTask.Model.Vision;

namespace DiTask.Model.Data;

/// <summary>Paints labels in colours for people, the same as the maps of predictions; what is not known is a grey chequer.</summary>
internal static class LabelPainter
{
    private const int Chequer = 4;
    private const byte Dark = 70;
    private const byte Light = 110;

    /// <summary>Paints one map; the caller disposes the picture.</summary>
    /// <param name="task">What the numbers are.</param>
    /// <param name="values">[c, height, width].</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    public static RgbImage Paint(TaskInfo task, ReadOnlySpan<float> values, int width, int height)
    {
        RgbImage picture = new(width, height);
        int plane = width * height;
        byte[] palette = task.Kind == TaskKind.Labels ? Palette.Of(task) : [];
        ColorMap colors = task.Name switch { "depth" => ColorMap.Viridis, "edge" => ColorMap.Gray, _ => ColorMap.Inferno };
        (float least, float range) = task.Name == "depth" ? Range(values) : (0, 1);
        for (int i = 0; i < plane; i++)
        {
            Span<byte> pixel = picture.Pixels.Slice(3 * i, 3);
            float value = values[i];
            if (task.Kind == TaskKind.Vector ? Transforms.Vectors.IsVoid(values, plane, i) : value == LabelMap.Void)
            {
                pixel.Fill((((i % width) / Chequer) + (i / width / Chequer)) % 2 == 0 ? Dark : Light);
            }
            else if (task.Kind == TaskKind.Vector)
            {
                for (int channel = 0; channel < 3; channel++)
                {
                    pixel[channel] = (byte)Math.Clamp(((values[(channel * plane) + i] + 1) * 127.5f) + 0.5f, 0, 255);
                }
            }
            else if (task.Kind == TaskKind.Labels)
            {
                palette.AsSpan(3 * (int)value, 3).CopyTo(pixel);
            }
            else
            {
                colors[(value - least) / range].CopyTo(pixel);
            }
        }

        return picture;
    }

    private static (float Least, float Range) Range(ReadOnlySpan<float> values)
    {
        float least = float.PositiveInfinity, most = float.NegativeInfinity;
        foreach (float value in values)
        {
            least = value == LabelMap.Void ? least : Math.Min(least, value);
            most = value == LabelMap.Void ? most : Math.Max(most, value);
        }

        return most > least ? (least, most - least) : (0, 1);
    }
}
