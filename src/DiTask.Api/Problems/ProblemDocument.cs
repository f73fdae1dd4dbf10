namespace DiTask.Api.Problems;

/// <summary>An error as <c>application/problem+json</c> (RFC 9457).</summary>
internal sealed record ProblemDocument
{
    public const string MediaType = "application/problem+json";

    /// <summary>Reference to the page that explains the error.</summary>
    public required string Type { get; init; }

    /// <summary>One sentence, the same for every occurrence.</summary>
    public required string Title { get; init; }

    /// <summary>HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>What was expected and what was found this time.</summary>
    public required string Detail { get; init; }

    /// <summary>Stable name for machines.</summary>
    public required string Code { get; init; }

    /// <summary>The detail again, where clients of the Open Inference Protocol look for it.</summary>
    public required string Error { get; init; }

    /// <summary>Whether the same request may succeed later.</summary>
    public required bool Retryable { get; init; }

    /// <summary>Identifier of the request, also in the log.</summary>
    public required string RequestId { get; init; }

    /// <summary>The id that a request of the Open Inference Protocol gave itself.</summary>
    public string? Id { get; init; }

    /// <summary>Every problem, when there are several.</summary>
    public IReadOnlyList<FieldProblem>? Errors { get; init; }

    /// <summary>Media types that would do.</summary>
    public IReadOnlyList<string>? Supported { get; init; }

    public static ProblemDocument From(RequestError error, string requestId)
    {
        ErrorKind kind = ErrorCatalogue.Describe(error.Code);
        return new ProblemDocument
        {
            Type = kind.Type,
            Title = kind.Title,
            Status = error.Status ?? kind.Status,
            Id = error.Id,
            Detail = error.Detail,
            Code = kind.Code,
            Error = error.Detail,
            Retryable = kind.Retryable,
            RequestId = requestId,
            Errors = error.Errors,
            Supported = error.Supported,
        };
    }
}
