using System.Globalization;

namespace DiTask.Model.Vision;

/// <summary>The resolution that somebody asks maps in: the model's, the photo's, or a given one.</summary>
/// <param name="Kind">Which of the three.</param>
/// <param name="Width">Columns of a given size; 0 otherwise.</param>
/// <param name="Height">Rows of a given size; 0 otherwise.</param>
public readonly record struct MapSize(MapSizeKind Kind, int Width, int Height)
{
    /// <summary>The choices, for messages.</summary>
    public const string Choices = "model, source or WIDTHxHEIGHT such as 640x480";

    private const int MaxSide = 65_535;

    /// <summary>The model's square.</summary>
    public static MapSize Model => default;

    /// <summary>The upright photo's.</summary>
    public static MapSize Source => new(MapSizeKind.Source, 0, 0);

    /// <summary>Reads <c>model</c>, <c>source</c> or <c>WxH</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="size">The size; the model's where the text is none.</param>
    /// <returns>Whether the text is a size of at least 1x1 and at most 65535x65535.</returns>
    public static bool TryParse(string? text, out MapSize size)
    {
        size = Model;
        switch (text)
        {
            case "model":
                return true;
            case "source":
                size = Source;
                return true;
            case null:
                return false;
        }

        int cross = text.IndexOf('x', StringComparison.Ordinal);
        if (cross < 0 || !TryParseSide(text.AsSpan(0, cross), out int width) || !TryParseSide(text.AsSpan(cross + 1), out int height))
        {
            return false;
        }

        size = new MapSize(MapSizeKind.Given, width, height);
        return true;
    }

    /// <summary>Columns and rows for a photo of the given size.</summary>
    /// <param name="modelSide">Side of the model's square.</param>
    /// <param name="sourceWidth">Columns of the upright photo.</param>
    /// <param name="sourceHeight">Rows of the upright photo.</param>
    public (int Width, int Height) Resolve(int modelSide, int sourceWidth, int sourceHeight) => Kind switch
    {
        MapSizeKind.Model => (modelSide, modelSide),
        MapSizeKind.Source => (sourceWidth, sourceHeight),
        _ => (Width, Height),
    };

    private static bool TryParseSide(ReadOnlySpan<char> text, out int side) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out side) && side is > 0 and <= MaxSide;
}
