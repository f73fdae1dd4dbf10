using DiTask.Model.Data;
using DiTask.Model.Tasks;

namespace DiTask.Model.Evaluation.Panels;

/// <summary>A map of a panel: class index, probability, metres or unit vector per pixel; NaN where nothing is known.</summary>
internal static class PanelMap
{
    /// <summary>What the logits [c, S, S] say.</summary>
    public static float[] Predicted(TaskInfo task, ReadOnlySpan<float> logits)
    {
        int plane = logits.Length / task.Channels;
        float[] map = logits.ToArray();
        switch (task.Activation)
        {
            case TaskActivation.ArgMax:
                byte[] labels = new byte[plane];
                LogitMaps.ArgMax(logits, labels);
                return Array.ConvertAll(labels, label => (float)label);
            case TaskActivation.Sigmoid:
                LogitMaps.Sigmoid(logits, map);
                return map;
            case TaskActivation.UnitVector:
                Normalise(map, plane);
                return map;
            default:
                return map;
        }
    }

    /// <summary>What the label [c, S, S] says.</summary>
    public static float[] Labelled(TaskInfo task, ReadOnlySpan<float> label)
    {
        int plane = label.Length / (task.Kind == TaskKind.Vector ? task.Channels : 1);
        float[] map = label.ToArray();
        for (int i = 0; i < map.Length; i++)
        {
            if (label[i] == LabelMap.Void || !float.IsFinite(label[i]) || (task.Name == "depth" && label[i] <= 0))
            {
                for (int channel = i % plane; channel < map.Length; channel += plane)
                {
                    map[channel] = float.NaN;
                }
            }
        }

        return map;
    }

    private static void Normalise(float[] map, int plane)
    {
        for (int i = 0; i < plane; i++)
        {
            float x = map[i], y = map[i + plane], z = map[i + (2 * plane)];
            float norm = Math.Max(MathF.Sqrt((x * x) + (y * y) + (z * z)), 1e-12f);
            (map[i], map[i + plane], map[i + (2 * plane)]) = (x / norm, y / norm, z / norm);
        }
    }
}
