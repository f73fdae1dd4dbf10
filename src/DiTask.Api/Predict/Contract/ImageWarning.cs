namespace DiTask.Api.Predict.Contract;

/// <summary>What was done with an image that its sender may not expect.</summary>
/// <param name="Code">Stable name for machines: <c>animation</c>.</param>
/// <param name="Detail">What was found and what was done.</param>
internal sealed record ImageWarning(string Code, string Detail)
{
    /// <summary>The image is an animation, and its maps are those of the first frame.</summary>
    public const string Animation = "animation";
}
