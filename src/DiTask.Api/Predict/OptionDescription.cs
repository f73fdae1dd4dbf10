namespace DiTask.Api.Predict;

/// <summary>An option for those who write requests.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">What it may be, the default first.</param>
/// <param name="Effect">What it does.</param>
/// <param name="Default">Its value when it is not given; empty for all tasks.</param>
/// <param name="Choices">All its values, where there are few; null otherwise.</param>
internal sealed record OptionDescription(string Name, string Values, string Effect, string Default, IReadOnlyList<string>? Choices = null)
{
    private static readonly string[] FalseTrue = ["false", "true"];

    /// <summary>Every option of <c>POST /predict</c>.</summary>
    public static IReadOnlyList<OptionDescription> All { get; } =
    [
        new("tasks", "all, or some of the model's tasks with commas between", "Which maps are computed. Tasks that nobody asks for cost nothing.", ""),
        new("size", "model, source or WxH", "Size of the maps. Logits are resized, then read: labels are not interpolated.", "model"),
        new("maps", "png, npy, f32, f16, none", "How maps are written. none leaves the statistics.", "png", ["png", "npy", "f32", "f16", "none"]),
        new("depth_bits", "16, 8", "Bits per sample of a scalar map's PNG.", "16", ["16", "8"]),
        new("normals_bits", "8, 16", "Bits per sample of a vector map's PNG.", "8", ["8", "16"]),
        new("overlay", "false, true, or a share from 0 to 1", "Adds each map in colours, over the photo where a share is given.", "false"),
        new("scores", "false, true", "Adds the probability of each pixel's label as an 8-bit PNG.", "false", FalseTrue),
        new("stats", "true, false", "Class fractions; smallest, mean and largest value.", "true", ["true", "false"]),
        new("strict", "false, true", "The first bad image fails the whole request.", "false", FalseTrue),
        new("priority", "interactive, bulk", "bulk waits behind interactive requests, and gets a run in five when they leave it no room.", "interactive", ["interactive", "bulk"]),
    ];
}
