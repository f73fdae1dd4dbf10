using DiTask.Model.Data;
using DiTask.Model.Tasks;

namespace DiTask.Model.Tests.Evaluation;

/// <summary>Small labelled batches whose right answers are known.</summary>
internal static class Sets
{
    public static readonly TaskInfo[] Tasks =
    [
        TaskCatalog.Describe("semseg", 3), TaskCatalog.Describe("sal", 1), TaskCatalog.Describe("normals", 3), TaskCatalog.Describe("depth", 1),
        TaskCatalog.Describe("edge", 1),
    ];

    /// <summary>Labels of <paramref name="count"/> pictures of side <paramref name="side"/>, each another.</summary>
    public static Batch Batch(int count, int side, int first = 0)
    {
        int plane = side * side;
        Dictionary<string, float[]> labels = Tasks.ToDictionary(task => task.Name, task => new float[count * LabelChannels(task) * plane]);
        for (int image = 0; image < count; image++)
        {
            Random random = new(100 + first + image);
            for (int i = 0; i < plane; i++)
            {
                bool isLeft = i % side < side / 2;
                labels["semseg"][(image * plane) + i] = random.Next(3);
                labels["sal"][(image * plane) + i] = isLeft ? 1 : 0;
                labels["depth"][(image * plane) + i] = 1 + (4 * random.NextSingle());
                labels["edge"][(image * plane) + i] = i % side == side / 2 ? 1 : 0;
                labels["normals"][(image * 3 * plane) + i] = isLeft ? 0.6f : 0;
                labels["normals"][(((image * 3) + 1) * plane) + i] = 0;
                labels["normals"][(((image * 3) + 2) * plane) + i] = isLeft ? 0.8f : 1;
            }
        }

        return new Batch([.. Enumerable.Range(first, count).Select(i => $"image{i}")], new float[count * 3 * plane], labels);
    }

    /// <summary>Logits that say exactly what the labels say.</summary>
    public static Dictionary<string, float[]> Perfect(Batch batch) => Tasks.ToDictionary(task => task.Name, task => task.Kind switch
    {
        TaskKind.Labels => OneHot(batch.Labels[task.Name], task.Channels, batch.Count),
        _ when task.Activation == TaskActivation.Sigmoid => Array.ConvertAll(batch.Labels[task.Name], value => value >= 0.5f ? 20f : -20f),
        _ => (float[])batch.Labels[task.Name].Clone(),
    });

    /// <summary>Logits that say something else at random.</summary>
    public static Dictionary<string, float[]> Noisy(Batch batch, int seed)
    {
        Random random = new(seed);
        Dictionary<string, float[]> logits = Perfect(batch);
        foreach (float[] values in logits.Values)
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] += random.NextSingle() - 0.4f;
            }
        }

        return logits;
    }

    /// <summary>Rows of a batch by themselves.</summary>
    public static Batch Slice(Batch batch, int first, int count) => new(
        [.. batch.Ids.Skip(first).Take(count)],
        Rows(batch.Images, batch.Count, first, count),
        batch.Labels.ToDictionary(entry => entry.Key, entry => Rows(entry.Value, batch.Count, first, count)));

    public static float[] Rows(float[] values, int of, int first, int count)
    {
        int length = values.Length / of;
        return values[(first * length)..((first + count) * length)];
    }

    private static int LabelChannels(TaskInfo task) => task.Kind == TaskKind.Vector ? 3 : 1;

    private static float[] OneHot(float[] labels, int channels, int count)
    {
        int plane = labels.Length / count;
        float[] logits = new float[labels.Length * channels];
        for (int image = 0; image < count; image++)
        {
            for (int i = 0; i < plane; i++)
            {
                logits[(((image * channels) + (int)labels[(image * plane) + i]) * plane) + i] = 5;
            }
        }

        return logits;
    }
}
