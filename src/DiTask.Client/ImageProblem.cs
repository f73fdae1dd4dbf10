namespace DiTask.Client;

/// <summary>Why one image has no maps.</summary>
/// <param name="Status">The status that a request of this image alone would have.</param>
/// <param name="Code">Stable name for programs.</param>
/// <param name="Title">One sentence, the same for every occurrence.</param>
/// <param name="Detail">What was expected and what was found.</param>
public sealed record ImageProblem(int Status, string Code, string Title, string Detail);
