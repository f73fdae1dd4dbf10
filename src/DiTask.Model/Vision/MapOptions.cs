namespace DiTask.Model.Vision;

/// <summary>How a map is written.</summary>
public sealed record MapOptions
{
    /// <summary>Default PNG.</summary>
    public MapFormat Format { get; init; } = MapFormat.Png;

    /// <summary>Bits per sample of a scalar PNG: 8 or 16. Default 16.</summary>
    public int ScalarBits { get; init; } = 16;

    /// <summary>Bits per sample of a vector PNG: 8 or 16. Default 8.</summary>
    public int VectorBits { get; init; } = 8;

    /// <summary>
    /// A label PNG carries the classes' palette; its indices are the labels. Default false: plain gray, which every reader returns as labels,
    /// while some readers turn a palette into colours unasked.
    /// </summary>
    public bool LabelPalette { get; init; }
}
