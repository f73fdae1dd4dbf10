using DiTask.Model.Tasks;

namespace DiTask.Model.Vision;

/// <summary>Reads one task's map, row by row and at any size, out of logits at the head's resolution.</summary>
/// <remarks>
/// Logits are resized (bilinear, align_corners = false) and only then turned into labels, unit vectors, probabilities or metres, as the
/// reference does; never more than a few rows exist, whatever the size. Rows may be read in any order. Not thread-safe.
/// <para><b>Source:</b> models/swin_mtl.py and evaluation/evaluate_utils.py:get_output @7541c55.</para>
/// </remarks>
public sealed class TaskDecoder
{
    // Reference: torch.nn.functional.normalize, default eps.
    private const float NormFloor = 1e-12f;

    private readonly ReadOnlyMemory<float> logits;
    private readonly int logitsPlane;
    private readonly BilinearTaps across;
    private readonly BilinearTaps down;
    private readonly float[] narrowRow;
    private readonly float[] best;
    private readonly int[] labelRow;
    private float[] classRow = [];

    /// <summary>A reader of one task's map.</summary>
    /// <param name="task">The task.</param>
    /// <param name="logits">[task.Channels, logitsHeight, logitsWidth]; read, not copied.</param>
    /// <param name="logitsHeight">Rows of the logits.</param>
    /// <param name="logitsWidth">Columns of the logits.</param>
    /// <param name="width">Columns of the map.</param>
    /// <param name="height">Rows of the map.</param>
    /// <exception cref="ArgumentException">The logits have another length.</exception>
    public TaskDecoder(TaskInfo task, ReadOnlyMemory<float> logits, int logitsHeight, int logitsWidth, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(logitsHeight);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(logitsWidth);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (logits.Length != (long)task.Channels * logitsHeight * logitsWidth)
        {
            throw new ArgumentException(
                $"Task '{task.Name}': expected logits [{task.Channels},{logitsHeight},{logitsWidth}]; found {logits.Length} values.", nameof(logits));
        }

        Task = task;
        Width = width;
        Height = height;
        this.logits = logits;
        logitsPlane = logitsHeight * logitsWidth;
        across = new BilinearTaps(logitsWidth, width);
        down = new BilinearTaps(logitsHeight, height);
        narrowRow = new float[logitsWidth];
        bool isLabels = task.Kind == TaskKind.Labels;
        best = isLabels ? new float[width] : [];
        labelRow = isLabels ? new int[width] : [];
    }

    /// <summary>The task.</summary>
    public TaskInfo Task { get; }

    /// <summary>Columns of the map.</summary>
    public int Width { get; }

    /// <summary>Rows of the map.</summary>
    public int Height { get; }

    /// <summary>Row <paramref name="y"/> of a label map: the first class with the largest logit.</summary>
    /// <param name="y">Row of the map.</param>
    /// <param name="labels">[Width].</param>
    /// <exception cref="InvalidOperationException">The task is not a label task.</exception>
    public void ReadLabels(int y, Span<byte> labels)
    {
        Require(TaskKind.Labels);
        for (int channel = 0; channel < Task.Channels; channel++)
        {
            down.ReadRow(Plane(channel), narrowRow.Length, y, narrowRow);
            if (channel == 0)
            {
                across.Expand(narrowRow, best);
                labelRow.AsSpan().Clear();
            }
            else
            {
                across.ExpandMax(narrowRow, channel, best, labelRow);
            }
        }

        for (int x = 0; x < Width; x++)
        {
            labels[x] = (byte)labelRow[x];
        }
    }

    /// <summary>Row <paramref name="y"/> of a label map, with the softmax probability of each label.</summary>
    /// <param name="y">Row of the map.</param>
    /// <param name="labels">[Width].</param>
    /// <param name="probabilities">[Width], in (0, 1].</param>
    /// <exception cref="InvalidOperationException">The task is not a label task.</exception>
    public void ReadLabels(int y, Span<byte> labels, Span<float> probabilities)
    {
        ReadLabels(y, labels);
        if (classRow.Length == 0)
        {
            classRow = new float[Width];
        }

        Span<float> sum = probabilities[..Width];
        sum.Clear();
        for (int channel = 0; channel < Task.Channels; channel++)
        {
            down.ReadRow(Plane(channel), narrowRow.Length, y, narrowRow);
            across.Expand(narrowRow, classRow);
            for (int x = 0; x < Width; x++)
            {
                sum[x] += MathF.Exp(classRow[x] - best[x]);
            }
        }

        for (int x = 0; x < Width; x++)
        {
            sum[x] = 1 / sum[x];
        }
    }

    /// <summary>Row <paramref name="y"/> of a scalar or vector map.</summary>
    /// <param name="y">Row of the map.</param>
    /// <param name="values">[Task.Channels, Width]: probabilities in [0, 1], metres, or unit vectors.</param>
    /// <exception cref="InvalidOperationException">The task is a label task.</exception>
    public void ReadValues(int y, Span<float> values)
    {
        if (Task.Kind == TaskKind.Labels)
        {
            throw new InvalidOperationException($"Task '{Task.Name}' has labels, not values.");
        }

        for (int channel = 0; channel < Task.Channels; channel++)
        {
            down.ReadRow(Plane(channel), narrowRow.Length, y, narrowRow);
            across.Expand(narrowRow, values.Slice(channel * Width, Width));
        }

        switch (Task.Activation)
        {
            case TaskActivation.Sigmoid:
                Sigmoid(values[..(Task.Channels * Width)]);
                break;
            case TaskActivation.UnitVector:
                Normalise(values[..(Task.Channels * Width)]);
                break;
        }
    }

    /// <summary>The whole label map [Height, Width].</summary>
    /// <exception cref="InvalidOperationException">The task is not a label task.</exception>
    public byte[] ReadLabels()
    {
        Require(TaskKind.Labels);
        byte[] labels = new byte[checked(Width * Height)];
        for (int y = 0; y < Height; y++)
        {
            ReadLabels(y, labels.AsSpan(y * Width, Width));
        }

        return labels;
    }

    /// <summary>The whole scalar or vector map [Channels, Height, Width].</summary>
    /// <exception cref="InvalidOperationException">The task is a label task.</exception>
    public float[] ReadValues()
    {
        float[] row = new float[Task.Channels * Width];
        float[] values = new float[checked(row.Length * Height)];
        for (int y = 0; y < Height; y++)
        {
            ReadValues(y, row);
            for (int channel = 0; channel < Task.Channels; channel++)
            {
                row.AsSpan(channel * Width, Width).CopyTo(values.AsSpan(((channel * Height) + y) * Width));
            }
        }

        return values;
    }

    private static void Sigmoid(Span<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = 1 / (1 + MathF.Exp(-values[i]));
        }
    }

    private void Normalise(Span<float> values)
    {
        for (int x = 0; x < Width; x++)
        {
            float squares = 0;
            for (int i = x; i < values.Length; i += Width)
            {
                squares += values[i] * values[i];
            }

            float norm = Math.Max(MathF.Sqrt(squares), NormFloor);
            for (int i = x; i < values.Length; i += Width)
            {
                values[i] /= norm;
            }
        }
    }

    private ReadOnlySpan<float> Plane(int channel) => logits.Span.Slice(channel * logitsPlane, logitsPlane);

    private void Require(TaskKind kind)
    {
        if (Task.Kind != kind)
        {
            throw new InvalidOperationException($"Task '{Task.Name}' is of kind {Task.Kind}, not {kind}.");
        }
    }
}
