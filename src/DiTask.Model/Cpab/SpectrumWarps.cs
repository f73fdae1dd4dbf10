namespace DiTask.Model.Cpab;

/// <summary>The warps that a user can name.</summary>
internal static class SpectrumWarps
{
    /// <summary>Where a safetensors file says by which warp its thetas were trained.</summary>
    public const string MetadataKey = "ditask.warp";

    /// <summary>What official checkpoints were trained with.</summary>
    public static ISpectrumWarp Default { get; } = new IndexWarp();

    /// <summary>Every warp, the default first.</summary>
    public static IReadOnlyList<ISpectrumWarp> All { get; } = [Default, new ValueWarp(), new ValueWarp("value-wide", 1.5)];

    /// <summary>The warp of that name, exactly.</summary>
    /// <exception cref="ArgumentException">No such warp; the message names those that there are.</exception>
    public static ISpectrumWarp ByName(string name) =>
        All.FirstOrDefault(warp => warp.Name == name) ??
        throw new ArgumentException($"Unknown warp '{name}'; expected one of {string.Join(", ", All.Select(warp => warp.Name))}.", nameof(name));
}
