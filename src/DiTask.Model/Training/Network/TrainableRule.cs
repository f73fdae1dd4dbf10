namespace DiTask.Model.Training.Network;

/// <summary>Which parameters beside those of adapters are trained, and what they count as.</summary>
/// <remarks><b>Source:</b> reference specification 6.</remarks>
internal sealed class TrainableRule(AdapterOptions options)
{
    private const string Backbone = "backbone.";

    private static readonly Dictionary<string, string> PartMarks = new()
    {
        ["patch_embed"] = "patch_embed",
        ["norms"] = "norm",
        ["merging"] = "downsample.reduction",
        ["positions"] = "relative_position_bias_table",
    };

    /// <summary>What the parameter <paramref name="key"/> is for.</summary>
    public static ParameterRole RoleOf(string key) => !key.StartsWith(Backbone, StringComparison.Ordinal)
        ? ParameterRole.Decoder
        : PartOf(key) is not null ? ParameterRole.Extra : ParameterRole.Backbone;

    /// <summary>The task that alone uses the parameter <paramref name="key"/>, of those named; null when it is shared.</summary>
    public static string? TaskOf(string key, IEnumerable<string> tasks) => key.StartsWith(Backbone, StringComparison.Ordinal)
        ? null
        : tasks.FirstOrDefault(task => key.Contains($".{task}.", StringComparison.Ordinal));

    /// <summary>Whether the parameter <paramref name="key"/> is trained.</summary>
    public bool Trains(string key)
    {
        if (RoleOf(key) == ParameterRole.Decoder)
        {
            return true;
        }

        return options.Kind switch
        {
            AdapterKinds.Full => true,
            AdapterKinds.Frozen => false,
            AdapterKinds.BitFit => key.EndsWith(".bias", StringComparison.Ordinal) || PartOf(key) == "norms",
            _ => PartOf(key) is { } part && options.Extras.Contains(part),
        };
    }

    // A norm inside patch embedding is a part of it, as the authors' first matching name is.
    private static string? PartOf(string key) => PartMarks.Where(part => key.Contains(part.Value, StringComparison.Ordinal)).Select(part => part.Key).FirstOrDefault();
}
