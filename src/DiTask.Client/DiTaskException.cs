namespace DiTask.Client;

/// <summary>The service answered with an error.</summary>
public sealed class DiTaskException : Exception
{
    internal DiTaskException(int status, ProblemDocument problem, string? requestId, TimeSpan? retryAfter)
        : base($"{status} {problem.Code ?? UnknownCode}: {problem.Detail ?? problem.Title ?? "no detail"}")
    {
        Status = status;
        Code = problem.Code ?? UnknownCode;
        Title = problem.Title;
        Detail = problem.Detail;
        Retryable = problem.Retryable;
        RequestId = problem.RequestId ?? requestId;
        Errors = problem.Errors ?? [];
        RetryAfter = retryAfter;
    }

    /// <summary><see cref="Code"/> of an answer that names none, such as that of a proxy.</summary>
    public const string UnknownCode = "unknown";

    /// <summary>HTTP status.</summary>
    public int Status { get; }

    /// <summary>Stable name for programs, such as <c>queue_full</c>.</summary>
    public string Code { get; }

    /// <summary>One sentence, the same for every occurrence.</summary>
    public string? Title { get; }

    /// <summary>What was expected and what was found this time.</summary>
    public string? Detail { get; }

    /// <summary>Identifier of the request, also in the log of the service.</summary>
    public string? RequestId { get; }

    /// <summary>Whether the same request may succeed later.</summary>
    public bool Retryable { get; }

    /// <summary>When to come back, from the time of the answer on; null where the service does not say.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>Every problem, when there are several; empty otherwise.</summary>
    public IReadOnlyList<FieldProblem> Errors { get; }
}
