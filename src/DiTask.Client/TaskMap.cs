using System.Text.Json.Serialization;

namespace DiTask.Client;

/// <summary>One task's map of one image, as it was sent; decoded when asked for.</summary>
public sealed record TaskMap
{
    /// <summary>Labels, scalar or vector.</summary>
    public required MapKind Kind { get; init; }

    /// <summary>Type of a sample: uint8, uint16 (big-endian in PNG), float16 or float32 (little-endian).</summary>
    [JsonPropertyName("dtype")]
    public required string DType { get; init; }

    // The generated JSON reader sets a member that is absent to its type's default, past any initializer.
    /// <summary>Samples per pixel: 1, or 3 for vectors.</summary>
    public int Channels { get; init => field = value == 0 ? 1 : value; } = 1;

    /// <summary>Columns.</summary>
    public required int Width { get; init; }

    /// <summary>Rows.</summary>
    public required int Height { get; init; }

    /// <summary>Media type of <see cref="Data"/>; null with <c>maps=none</c>.</summary>
    public string? MediaType { get; init; }

    /// <summary>The bytes of the map; empty with <c>maps=none</c>.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>Classes of a label map; empty otherwise.</summary>
    public IReadOnlyList<TaskClass> Classes { get; init => field = value ?? []; } = [];

    /// <summary>Value of one step; null where samples are the values.</summary>
    public double? Scale { get; init; }

    /// <summary>Value of sample 0; null where samples are the values.</summary>
    public double? Offset { get; init; }

    /// <summary>Unit of the values; null where they have none.</summary>
    public string? Unit { get; init; }

    /// <summary>Frame of a vector; null otherwise.</summary>
    public string? Frame { get; init; }

    /// <summary>Smallest value of a scalar map.</summary>
    public double? Min { get; init; }

    /// <summary>Mean of a scalar map.</summary>
    public double? Mean { get; init; }

    /// <summary>Largest value of a scalar map.</summary>
    public double? Max { get; init; }

    /// <summary>Probability of each pixel's label; null unless asked for.</summary>
    public TaskMap? Scores { get; init; }

    /// <summary>The map in colours; null unless asked for.</summary>
    public Picture? Overlay { get; init; }

    /// <summary>Decodes the labels, row by row: <c>[Height, Width]</c>.</summary>
    /// <exception cref="InvalidOperationException">Not a label map, or it was sent without data.</exception>
    /// <exception cref="InvalidDataException">The data are not what the answer says of them.</exception>
    public byte[] ReadLabels()
    {
        if (Kind != MapKind.Labels)
        {
            throw new InvalidOperationException($"Expected a map of labels; this one is of kind {Kind}. ReadValues reads it.");
        }

        return SampleReader.Read(this).Bytes.ToArray();
    }

    /// <summary>Decodes the values, <see cref="Scale"/> and <see cref="Offset"/> applied: <c>[Height, Width, Channels]</c>.</summary>
    /// <exception cref="InvalidOperationException">A label map, or it was sent without data.</exception>
    /// <exception cref="InvalidDataException">The data are not what the answer says of them.</exception>
    public float[] ReadValues()
    {
        if (Kind == MapKind.Labels)
        {
            throw new InvalidOperationException("Expected a map of scalars or vectors; this one is of labels. ReadLabels reads it.");
        }

        return SampleReader.Read(this).ToValues(Scale ?? 1, Offset ?? 0);
    }
}
