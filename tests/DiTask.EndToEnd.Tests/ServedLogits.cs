using DiTask.Client;
using DiTask.Model.Data;
using DiTask.Model.Tasks;

namespace DiTask.EndToEnd.Tests;

/// <summary>Served maps as logits that say the same, so that the meters of the evaluation can measure a service.</summary>
internal static class ServedLogits
{
    /// <summary>Logits of a batch, [B, c, S, S] by wire name.</summary>
    public static Dictionary<string, float[]> Of(Batch batch, IReadOnlyList<TaskInfo> tasks, IReadOnlyDictionary<string, IReadOnlyDictionary<string, TaskMap>> served) =>
        tasks.ToDictionary(task => task.Name, task => batch.Ids.SelectMany(id => Of(task, served[id][task.Name])).ToArray());

    private static float[] Of(TaskInfo task, TaskMap map) => task.Activation switch
    {
        TaskActivation.ArgMax => OneHot(map.ReadLabels(), task.Channels),
        TaskActivation.Sigmoid => Array.ConvertAll(map.ReadValues(), Logit),
        _ => ChannelsFirst(map.ReadValues(), task.Channels),
    };

    // 16 bits can round a probability to 0 or 1, which has no logit.
    private static float Logit(float probability)
    {
        float inside = Math.Clamp(probability, 1e-6f, 1 - 1e-6f);
        return MathF.Log(inside / (1 - inside));
    }

    private static float[] OneHot(byte[] labels, int channels)
    {
        float[] logits = new float[labels.Length * channels];
        for (int pixel = 0; pixel < labels.Length; pixel++)
        {
            logits[(labels[pixel] * labels.Length) + pixel] = 1;
        }

        return logits;
    }

    /// <summary>[H, W, c] as [c, H, W].</summary>
    public static float[] ChannelsFirst(float[] values, int channels)
    {
        int plane = values.Length / channels;
        float[] turned = new float[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            turned[(i % channels * plane) + (i / channels)] = values[i];
        }

        return turned;
    }
}
