using DiTask.Api.Models.Contract;

namespace DiTask.Api.Predict.Contract;

/// <summary>One task's map of one image. The value of a sample p is offset + scale * p.</summary>
internal sealed record MapAnswer
{
    /// <summary>labels, scalar or vector.</summary>
    public required string Kind { get; init; }

    /// <summary>Type of a sample: uint8, uint16 (big-endian, as PNG has it), float16 or float32 (little-endian).</summary>
    public required string Dtype { get; init; }

    /// <summary>Samples per pixel; absent when it is one.</summary>
    public int? Channels { get; init; }

    /// <summary>Columns.</summary>
    public required int Width { get; init; }

    /// <summary>Rows.</summary>
    public required int Height { get; init; }

    /// <summary>Media type of the data; absent with maps=none.</summary>
    public string? MediaType { get; init; }

    /// <summary>The map, base64; in JSON answers, absent with maps=none.</summary>
    public ReadOnlyMemory<byte>? Data { get; init; }

    /// <summary>Path of the map in the archive; in answers of application/zip.</summary>
    public string? Href { get; init; }

    /// <summary>Content-ID of the map's part, without angle brackets; in answers of multipart/mixed.</summary>
    public string? Cid { get; init; }

    /// <summary>Classes of a label map.</summary>
    public IReadOnlyList<ClassAnswer>? Classes { get; init; }

    /// <summary>Value of one step; 0 for a constant map; absent where samples are the values.</summary>
    public double? Scale { get; init; }

    /// <summary>Value of sample 0; absent where samples are the values.</summary>
    public double? Offset { get; init; }

    /// <summary>Unit of the values: m for depth.</summary>
    public string? Unit { get; init; }

    /// <summary>Frame of a vector: camera.</summary>
    public string? Frame { get; init; }

    /// <summary>Smallest value of a scalar map.</summary>
    public double? Min { get; init; }

    /// <summary>Mean of a scalar map.</summary>
    public double? Mean { get; init; }

    /// <summary>Largest value of a scalar map.</summary>
    public double? Max { get; init; }

    /// <summary>Probability of each pixel's label, with scores=true.</summary>
    public MapAnswer? Scores { get; init; }

    /// <summary>The map in colours, with overlay=true or a share.</summary>
    public PictureAnswer? Overlay { get; init; }
}
