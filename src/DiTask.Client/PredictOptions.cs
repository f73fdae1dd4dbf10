using System.Globalization;

namespace DiTask.Client;

/// <summary>What a prediction returns; what is null is left to the service's default.</summary>
public sealed record PredictOptions
{
    /// <summary>Size of the maps: <c>model</c>, <c>source</c> or <c>WxH</c>.</summary>
    public string? Size { get; init; }

    /// <summary>How maps are written: <c>png</c>, <c>npy</c>, <c>f32</c>, <c>f16</c>, <c>none</c>.</summary>
    public string? Maps { get; init; }

    /// <summary>Bits per sample of a scalar map's PNG: 8 or 16.</summary>
    public int? DepthBits { get; init; }

    /// <summary>Bits per sample of a vector map's PNG: 8 or 16.</summary>
    public int? NormalsBits { get; init; }

    /// <summary>Adds each map in colours, blended over the photo by this share, 0 to 1; 1 is colours alone.</summary>
    public double? Overlay { get; init; }

    /// <summary>Adds the probability of each pixel's label.</summary>
    public bool? Scores { get; init; }

    /// <summary>Adds class fractions and the smallest, mean and largest value of scalars.</summary>
    public bool? Stats { get; init; }

    /// <summary>Makes the first bad image fail the whole request.</summary>
    public bool? Strict { get; init; }

    /// <summary>Whose images run first: <c>interactive</c> or <c>bulk</c>.</summary>
    public string? Priority { get; init; }

    /// <summary>Time that the service may take for one attempt, sent as X-Request-Timeout.</summary>
    public TimeSpan? Timeout { get; init; }

    internal IEnumerable<(string Name, string Value)> Fields()
    {
        (string Name, string? Value)[] all =
        [
            ("size", Size),
            ("maps", Maps),
            ("depth_bits", DepthBits?.ToString(CultureInfo.InvariantCulture)),
            ("normals_bits", NormalsBits?.ToString(CultureInfo.InvariantCulture)),
            ("overlay", Overlay?.ToString(CultureInfo.InvariantCulture)),
            ("scores", Text(Scores)),
            ("stats", Text(Stats)),
            ("strict", Text(Strict)),
            ("priority", Priority),
        ];
        return all.Where(field => field.Value is not null).Select(field => (field.Name, field.Value!));
    }

    private static string? Text(bool? value) => value is { } given ? given ? "true" : "false" : null;
}
