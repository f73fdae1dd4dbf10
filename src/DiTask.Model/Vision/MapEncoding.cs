using System.Globalization;
using System.Text;
using DiTask.Model.Tasks;

namespace DiTask.Model.Vision;

/// <summary>What the bytes of a map mean: the value of a sample p is Offset + Scale * p.</summary>
public sealed record MapEncoding
{
    /// <summary>What a pixel means.</summary>
    public required TaskKind Kind { get; init; }

    /// <summary>uint8, uint16, float16 or float32. 16-bit PNG is big-endian, everything else little-endian.</summary>
    public required string DType { get; init; }

    /// <summary>Samples per pixel: 1 or 3.</summary>
    public required int Channels { get; init; }

    /// <summary>Columns.</summary>
    public required int Width { get; init; }

    /// <summary>Rows.</summary>
    public required int Height { get; init; }

    /// <summary>Media type of the bytes.</summary>
    public required string MediaType { get; init; }

    /// <summary>Factor of a sample; 0 where all values are the same, null where samples are the values.</summary>
    public double? Scale { get; init; }

    /// <summary>Value of sample 0; null where samples are the values.</summary>
    public double? Offset { get; init; }

    /// <summary>Unit of the values; null where they have none.</summary>
    public string? Unit { get; init; }

    /// <summary>Frame of a vector; null otherwise.</summary>
    public string? Frame { get; init; }

    /// <summary>Numbers that sum up the map.</summary>
    public required MapStatistics Statistics { get; init; }

    /// <summary>Smallest value of a scalar map.</summary>
    public double? Min => Statistics.Min;

    /// <summary>Largest value of a scalar map.</summary>
    public double? Max => Statistics.Max;

    /// <summary>One line for the header <c>X-Map</c> and the PNG's text chunk: <c>kind=scalar, dtype=uint16, scale=0.00012, offset=0.35, unit=m</c>.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        text.Append("kind=").Append(KindName).Append(", dtype=").Append(DType);
        if (Scale is { } scale && Offset is { } offset)
        {
            text.Append(CultureInfo.InvariantCulture, $", scale={scale:R}, offset={offset:R}");
        }

        if (Unit is not null)
        {
            text.Append(", unit=").Append(Unit);
        }

        if (Frame is not null)
        {
            text.Append(", frame=").Append(Frame);
        }

        return text.ToString();
    }

    /// <summary>Kind on the wire: labels, scalar, vector.</summary>
    public string KindName => Kind switch
    {
        TaskKind.Labels => "labels",
        TaskKind.Scalar => "scalar",
        _ => "vector",
    };
}
