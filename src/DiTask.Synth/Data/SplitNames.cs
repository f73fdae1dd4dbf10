using System.Globalization;
using DiTask.Synth.Scenes;

namespace DiTask.Synth.Data;

/// <summary>What splits and their pictures are called.</summary>
internal static class SplitNames
{
    public static string Of(SynthSplit split) => split.ToString().ToLowerInvariant();

    public static string Id(SynthSplit split, int index) => string.Create(CultureInfo.InvariantCulture, $"{Of(split)}{index:D5}");
}
