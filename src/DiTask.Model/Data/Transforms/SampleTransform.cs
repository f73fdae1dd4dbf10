using DiTask.Model.Tasks;
using DiTask.Model.Vision;

namespace DiTask.Model.Data.Transforms;

/// <summary>A sample to what the network reads and is compared with. Thread-safe.</summary>
/// <remarks>
/// Mirror, turn and zoom as drawn, stretch to the square (aspect not kept), normalise. <see cref="PreprocessMode.Reference"/> repeats the authors'
/// chain with its accidents: overshoots wrap, and borders are black with class 0. <see cref="PreprocessMode.Clamp"/> does it right: overshoots are
/// clamped, borders have the mean colour and no label, labels are read at pixel middles.
/// <para><b>Source:</b> data/mtl_ds.py, data/custom_transforms.py @7541c55; reference specification 7.</para>
/// </remarks>
public sealed class SampleTransform
{
    private readonly IReadOnlyList<TaskInfo> tasks;
    private readonly Preprocessing preprocessing;
    private readonly PreprocessMode mode;
    private readonly Augmentation augmentation;

    /// <summary>A transform for <paramref name="tasks"/>.</summary>
    /// <param name="tasks">Tasks that every example has.</param>
    /// <param name="size">Side of the square in pixels.</param>
    /// <param name="mean">Mean of R, G, B in [0, 1].</param>
    /// <param name="std">Standard deviation of R, G, B in [0, 1].</param>
    /// <param name="mode">The authors' chain, or the right one.</param>
    /// <param name="augmentation">What is drawn; none for evaluation.</param>
    /// <exception cref="ArgumentException">A number makes no sense.</exception>
    public SampleTransform(
        IReadOnlyList<TaskInfo> tasks,
        int size,
        IReadOnlyList<float> mean,
        IReadOnlyList<float> std,
        PreprocessMode mode = PreprocessMode.Clamp,
        Augmentation? augmentation = null)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        this.tasks = tasks;
        this.mode = mode;
        this.augmentation = augmentation ?? Augmentation.None;
        preprocessing = new Preprocessing(size, mean, std, mode);
        if (this.augmentation.Problems() is [_, ..] problems)
        {
            throw new ArgumentException(string.Join(" ", problems), nameof(augmentation));
        }
    }

    /// <summary>Tasks that every example has.</summary>
    public IReadOnlyList<TaskInfo> Tasks => tasks;

    /// <summary>Side of the square in pixels.</summary>
    public int Size => preprocessing.Size;

    /// <summary>Makes an example of <paramref name="sample"/>, which stays the caller's.</summary>
    /// <param name="sample">Pictures and maps of any size.</param>
    /// <param name="random">Where the draw comes from.</param>
    public Example Apply(Sample sample, CounterRandom random) => Apply(sample, augmentation.Draw(random));

    internal Example Apply(Sample sample, Distortion distortion)
    {
        ArgumentNullException.ThrowIfNull(sample);
        float[] image = new float[preprocessing.SlotLength];
        FillImage(sample.Image, distortion, image);
        Dictionary<string, float[]> labels = new(tasks.Count);
        foreach (TaskInfo task in tasks)
        {
            labels.Add(task.Name, Label(task, sample, distortion));
        }

        return new Example(sample.Id, image, labels);
    }

    /// <summary>Numbers per pixel of a task's label: 3 for normals, 1 for every other task.</summary>
    internal static int LabelChannels(TaskInfo task) => task.Kind == TaskKind.Vector ? 3 : 1;

    private float[] Label(TaskInfo task, Sample sample, Distortion distortion)
    {
        if (sample.Labels.TryGetValue(task.Name, out LabelMap? map))
        {
            return mode == PreprocessMode.Reference
                ? ReferenceTransform.Label(task, map, distortion, Size)
                : LabelTransform.Apply(task, map, distortion, Size);
        }

        float[] unknown = new float[LabelChannels(task) * Size * Size];
        Array.Fill(unknown, LabelMap.Void);
        return unknown;
    }

    private void FillImage(RgbImage image, Distortion distortion, float[] slot)
    {
        if (distortion.IsUpright)
        {
            preprocessing.Fill(distortion.Flip ? Mirrored(image) : image.Pixels, image.Width, image.Height, slot);
            return;
        }

        Raster source = Raster.Of(image);
        if (mode == PreprocessMode.Reference)
        {
            Normalise(ReferenceTransform.Image(source, distortion, Size), slot);
            return;
        }

        AffineMap toSource = distortion.ToSource(source.Width, source.Height, Size);
        Normalise([.. AffineSampler.Cubic(source, toSource, Size, Size, repeatBorder: true).Values], slot);
        BlankBorder(source, toSource, slot);
    }

    private static byte[] Mirrored(RgbImage image)
    {
        byte[] mirrored = new byte[image.Pixels.Length];
        for (int y = 0; y < image.Height; y++)
        {
            ReadOnlySpan<byte> row = image.Row(y);
            Span<byte> target = mirrored.AsSpan(y * row.Length, row.Length);
            for (int x = 0; x < image.Width; x++)
            {
                row.Slice(3 * x, 3).CopyTo(target[(3 * (image.Width - 1 - x))..]);
            }
        }

        return mirrored;
    }

    private void Normalise(double[] grey, float[] slot)
    {
        int plane = Size * Size;
        for (int channel = 0; channel < 3; channel++)
        {
            preprocessing.Normalise(grey.AsSpan(channel * plane, plane), channel, slot.AsSpan(channel * plane, plane));
        }
    }

    // Normalised, the mean colour is 0.
    private void BlankBorder(Raster source, AffineMap toSource, float[] slot)
    {
        int plane = Size * Size;
        for (int i = 0; i < plane; i++)
        {
            if (AffineSampler.NearestIndex(source, toSource, i % Size, i / Size) < 0)
            {
                (slot[i], slot[plane + i], slot[(2 * plane) + i]) = (0, 0, 0);
            }
        }
    }
}
