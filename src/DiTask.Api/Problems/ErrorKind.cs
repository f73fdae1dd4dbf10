namespace DiTask.Api.Problems;

/// <summary>What is fixed for an error code.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">Stable name for machines.</param>
/// <param name="Title">One sentence, the same for every occurrence.</param>
/// <param name="Retryable">Whether the same request may succeed later.</param>
internal sealed record ErrorKind(int Status, string Code, string Title, bool Retryable)
{
    public const string TypePrefix = "/problems/";

    /// <summary>Last part of the problem's type.</summary>
    public string Slug => Code.Replace('_', '-');

    /// <summary>Reference to the page that explains the error.</summary>
    public string Type => TypePrefix + Slug;
}
