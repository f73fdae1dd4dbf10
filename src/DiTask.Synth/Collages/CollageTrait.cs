using DiTask.Synth.Shading;

namespace DiTask.Synth.Collages;

/// <summary>Something that is known of the thing in a tile.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">Names of its values, by number.</param>
public sealed record CollageTrait(string Name, IReadOnlyList<string> Values)
{
    internal const int Hues = 8;
    internal const int Sizes = 4;
    internal const int Turns = 6;
    internal const int Lights = 8;

    /// <summary>All attributes, in the order of the columns of <see cref="Collage.Attributes"/>.</summary>
    public static IReadOnlyList<CollageTrait> All { get; } =
    [
        new("shape", ["background", .. Names<CollageShape>(12)]),
        new("texture", Names<TextureKind>(7)),
        new("hue", ["red", "orange", "lime", "green", "cyan", "blue", "violet", "pink", "grey"]),
        new("size", ["tiny", "small", "medium", "large"]),
        new("orientation", ["0", "30", "60", "90", "120", "150", "towards", "none"]),
        new("light", ["right", "lower-right", "below", "lower-left", "left", "upper-left", "above", "upper-right"]),
    ];

    private static string[] Names<T>(int count)
        where T : struct, Enum => [.. Enum.GetNames<T>().Take(count).Select(name => name.ToLowerInvariant())];
}
