using DiTask.Model.Data;
using DiTask.Model.Tasks;

namespace DiTask.Model.Evaluation;

/// <summary>A predictor that looks at no picture: what the labels of a training split are on average. A model that is not better has learnt nothing.</summary>
/// <remarks>
/// <b>Logits</b>, from the share p of a pixel's labels (kind <see cref="LabelPriorKind.Position"/>) or of all labels (<see cref="LabelPriorKind.Constant"/>):
/// <list type="bullet">
/// <item>classes: log p, so that the largest is the most frequent class; a count of 0.01 is added, which keeps the logarithm finite;</item>
/// <item>sal, edge: log(p / (1 - p)) - log(q / (1 - q)), q the share of all labels. It is the optimum of the balanced loss that networks are trained with.
/// The constant says 0.5 everywhere: the whole picture is salient, and an edge;</item>
/// <item>depth: the mean in metres;</item>
/// <item>normals: the mean of the unit vectors, brought to length 1.</item>
/// </list>
/// A label that the meters leave out does not count. A pixel that was never known has the constant. Safe for several threads.
/// </remarks>
public sealed class LabelPrior
{
    private readonly IReadOnlyDictionary<string, float[]> logits;

    private LabelPrior(IReadOnlyDictionary<string, float[]> logits, LabelPriorKind kind, int size, int images)
    {
        this.logits = logits;
        Kind = kind;
        Size = size;
        Images = images;
    }

    /// <summary>What it knows of a pixel.</summary>
    public LabelPriorKind Kind { get; }

    /// <summary>Side S in pixels of the pictures that it was learnt from, and answers for.</summary>
    public int Size { get; }

    /// <summary>Pictures that it was learnt from.</summary>
    public int Images { get; }

    /// <summary>Learns from labelled pictures, which should be a training split without augmentation.</summary>
    /// <param name="batches">Examples of one size; only their labels are read.</param>
    /// <param name="tasks">What to learn.</param>
    /// <param name="kind">What it is to know of a pixel.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <exception cref="ArgumentException">Batches of different sizes, or labels of another size than the pictures.</exception>
    /// <exception cref="DatasetException">A picture or label cannot be read, a label cannot be one of its task's, or a task has no label at all.</exception>
    public static LabelPrior Learn(IEnumerable<Batch> batches, IReadOnlyList<TaskInfo> tasks, LabelPriorKind kind, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentNullException.ThrowIfNull(tasks);
        LabelSums[] sums = [];
        int size = 0, images = 0;
        foreach (Batch batch in batches)
        {
            cancellation.ThrowIfCancellationRequested();
            int side = MultiTaskMeter.SideOf(batch);
            if (images == 0)
            {
                size = side;
                sums = [.. tasks.Select(task => new LabelSums(task, side))];
            }
            else if (side != size)
            {
                throw new ArgumentException($"Expected pictures of side {size} as in the first batch; found {side}.", nameof(batches));
            }

            foreach ((TaskInfo task, LabelSums sum) in tasks.Zip(sums))
            {
                Add(batch, task, sum, side);
            }

            images += batch.Count;
        }

        return images > 0
            ? new LabelPrior(tasks.Zip(sums).ToDictionary(pair => pair.First.Name, pair => pair.Second.Logits(kind)), kind, size, images)
            : throw new DatasetException("Expected pictures to learn a prior from; found none.");
    }

    /// <summary>Logits for a batch, [B, c, S, S] by wire name: the same for every picture.</summary>
    /// <exception cref="ArgumentException">Pictures of another size.</exception>
    public IReadOnlyDictionary<string, float[]> Predict(Batch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        int side = MultiTaskMeter.SideOf(batch);
        return side == Size
            ? logits.ToDictionary(entry => entry.Key, entry => Repeated(entry.Value, batch.Count))
            : throw new ArgumentException($"Expected pictures of side {Size}; found {side}.", nameof(batch));
    }

    private static void Add(Batch batch, TaskInfo task, LabelSums sums, int side)
    {
        for (int image = 0; image < batch.Count; image++)
        {
            try
            {
                sums.Add(MultiTaskMeter.Label(batch, task, image, side));
            }
            catch (DatasetException error)
            {
                throw new DatasetException($"'{batch.Ids[image]}', {task.Name}: {error.Message}", error);
            }
        }
    }

    private static float[] Repeated(float[] one, int times)
    {
        float[] all = new float[one.Length * times];
        for (int i = 0; i < times; i++)
        {
            one.CopyTo(all, i * one.Length);
        }

        return all;
    }
}
