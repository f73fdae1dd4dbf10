using DiTask.Model.Data.Transforms;

namespace DiTask.Model.Data;

/// <summary>Batches of a data set, decoded and augmented by background threads.</summary>
/// <remarks>
/// What a batch holds is a function of (seed, epoch, batch) and of nothing else: not of the number of threads, and not of the batch that the epoch
/// was begun with.
/// </remarks>
public sealed class BatchLoader
{
    private readonly IDataset dataset;
    private readonly SampleTransform transform;
    private readonly BatchLoaderOptions options;

    /// <summary>A loader.</summary>
    /// <param name="dataset">Where samples come from; read by several threads.</param>
    /// <param name="transform">What becomes of them.</param>
    /// <param name="options">Sizes and order.</param>
    /// <exception cref="ArgumentException">A number that is not positive.</exception>
    public BatchLoader(IDataset dataset, SampleTransform transform, BatchLoaderOptions options)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(transform);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.BatchSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Threads);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Prefetch);
        this.dataset = dataset;
        this.transform = transform;
        this.options = options;
    }

    /// <summary>Batches of an epoch.</summary>
    public int BatchesPerEpoch => options.DropLast ? dataset.Count / options.BatchSize : (dataset.Count + options.BatchSize - 1) / options.BatchSize;

    /// <summary>The batches of an epoch, in order. Threads start with the first and end with the enumeration, however it ends.</summary>
    /// <param name="epoch">Counted from 0.</param>
    /// <param name="firstBatch">Where to begin, for a run that is resumed.</param>
    /// <param name="cancellation">Ends the enumeration with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="DatasetException">While enumerating: a sample cannot be loaded; the message begins with its name.</exception>
    public IEnumerable<Batch> Epoch(int epoch, int firstBatch = 0, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(firstBatch);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstBatch, BatchesPerEpoch);
        return Enumerate(epoch, firstBatch, cancellation);
    }

    private IEnumerable<Batch> Enumerate(int epoch, int firstBatch, CancellationToken cancellation)
    {
        int[] order = options.Shuffle
            ? new CounterRandom(options.Seed, RandomPurpose.Order, epoch).NextPermutation(dataset.Count)
            : [.. Enumerable.Range(0, dataset.Count)];
        int end = Math.Min(BatchesPerEpoch * options.BatchSize, order.Length);
        int start = Math.Min(firstBatch * options.BatchSize, end);
        using ExamplePipeline pipeline = new(order.AsMemory(start..end), index => Make(index, epoch), options, cancellation);
        for (int batch = firstBatch; batch < BatchesPerEpoch; batch++)
        {
            int count = Math.Min(options.BatchSize, end - (batch * options.BatchSize));
            yield return Join(pipeline, count);
        }
    }

    private Example Make(int index, int epoch)
    {
        try
        {
            using Sample sample = dataset.Load(index);
            return transform.Apply(sample, new CounterRandom(options.Seed, RandomPurpose.Augmentation, epoch, index));
        }
        catch (Exception error)
        {
            // Whatever it is: on a thread of the pipeline it would end the process, and nobody would know the picture.
            throw new DatasetException($"{dataset.Name}, '{dataset.Id(index)}': {error.Message}", error);
        }
    }

    private Batch Join(ExamplePipeline pipeline, int count)
    {
        int plane = transform.Size * transform.Size;
        string[] ids = new string[count];
        float[] images = new float[count * 3 * plane];
        Dictionary<string, float[]> labels = transform.Tasks.ToDictionary(task => task.Name, task => new float[count * SampleTransform.LabelChannels(task) * plane]);
        for (int i = 0; i < count; i++)
        {
            Example example = pipeline.Take();
            ids[i] = example.Id;
            example.Image.CopyTo(images, i * example.Image.Length);
            foreach ((string task, float[] values) in example.Labels)
            {
                values.CopyTo(labels[task], i * values.Length);
            }
        }

        return new Batch(ids, images, labels);
    }
}
