namespace DiTask.Model.Diagnosis.Gradients;

/// <summary>A stretch of the flat vector of all shared parameters.</summary>
/// <param name="Name">stem, stage 0 to stage 3, decoder, or all.</param>
/// <param name="Start">First element.</param>
/// <param name="Count">Elements P.</param>
internal sealed record ParameterGroup(string Name, long Start, long Count)
{
    /// <summary>Name of the group that has all of them.</summary>
    public const string All = "all";
}
