using DiTask.Api.Problems;

namespace DiTask.Api.Predict.Contract;

/// <summary>Why one image has no maps.</summary>
/// <param name="Type">Reference to the page that explains the error.</param>
/// <param name="Title">One sentence, the same for every occurrence.</param>
/// <param name="Status">The status that a request of this image alone would have.</param>
/// <param name="Code">Stable name for machines.</param>
/// <param name="Detail">What was expected and what was found.</param>
internal sealed record ImageError(string Type, string Title, int Status, string Code, string Detail)
{
    public static ImageError From(RequestError error)
    {
        ErrorKind kind = ErrorCatalogue.Describe(error.Code);
        return new ImageError(kind.Type, kind.Title, kind.Status, kind.Code, error.Detail);
    }
}
