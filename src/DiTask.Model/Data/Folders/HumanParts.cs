namespace DiTask.Model.Data.Folders;

/// <summary>The parts of PASCAL's people, 24 kinds, as the six that are learned. Reference specification 8.1.</summary>
internal static class HumanParts
{
    /// <summary>Category of people among PASCAL's objects.</summary>
    public const int Person = 15;

    private static readonly Dictionary<string, int> Labels = Table();

    /// <summary>Label of a part's name; null where the name is unknown.</summary>
    public static int? Label(string part) => Labels.TryGetValue(part, out int label) ? label : null;

    private static Dictionary<string, int> Table()
    {
        string[][] names =
        [
            ["hair", "head", "lear", "rear", "lebrow", "rebrow", "leye", "reye", "mouth", "nose"],
            ["neck", "torso"],
            ["luarm", "ruarm"],
            ["llarm", "rlarm", "lhand", "rhand"],
            ["luleg", "ruleg"],
            ["llleg", "rlleg", "lfoot", "rfoot"],
        ];
        return names.SelectMany((group, index) => group.Select(name => (name, index + 1))).ToDictionary(StringComparer.Ordinal);
    }
}
