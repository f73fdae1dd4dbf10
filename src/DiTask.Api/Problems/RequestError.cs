namespace DiTask.Api.Problems;

/// <summary>Why a request has no answer: a value on its way to a problem document.</summary>
/// <param name="Code">Which error.</param>
/// <param name="Detail">What was expected and what was found, for the caller's eyes.</param>
internal sealed record RequestError(ErrorCode Code, string Detail)
{
    /// <summary>Who makes more mistakes than this learns of the others after mending these.</summary>
    private const int MostListed = 32;

    /// <summary>Everything that is wrong, when it is more than the detail says.</summary>
    public IReadOnlyList<FieldProblem>? Errors { get; init; }

    /// <summary>Media types that would do.</summary>
    public IReadOnlyList<string>? Supported { get; init; }

    /// <summary>Seconds after which a retry makes sense.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>Status in place of the catalogue's, where a protocol has a rule of its own.</summary>
    public int? Status { get; init; }

    /// <summary>The caller's own name for the request, repeated in the answer.</summary>
    public string? Id { get; init; }

    /// <summary>A header that the error's status calls for: Allow, Accept, Accept-Encoding.</summary>
    public (string Name, string Value)? Header { get; init; }

    /// <summary>One error that lists several; the first gives it its code.</summary>
    public static RequestError FromAll(IReadOnlyList<(ErrorCode Code, string Pointer, string Detail)> problems)
    {
        string some = problems.Count > MostListed ? $", of which these are the first {MostListed}" : "";
        string detail = problems.Count == 1
            ? problems[0].Detail
            : $"{problems.Count} problems{some}: {string.Join(' ', problems.Take(MostListed).Select(problem => problem.Detail))}";
        return new(problems[0].Code, detail)
        {
            Errors = [.. problems.Take(MostListed).Select(problem => new FieldProblem(problem.Pointer, ErrorCatalogue.Describe(problem.Code).Code, problem.Detail))],
        };
    }
}
