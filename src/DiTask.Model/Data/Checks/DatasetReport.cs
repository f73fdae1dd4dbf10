using DiTask.Model.Data.Folders;

namespace DiTask.Model.Data.Checks;

/// <summary>What <c>ditask data check</c> says of a folder.</summary>
internal sealed record DatasetReport
{
    /// <summary>The folder as it was named.</summary>
    public required string Folder { get; init; }

    /// <summary>Its layout.</summary>
    public required DatasetFormat Format { get; init; }

    /// <summary>Different pictures in all splits.</summary>
    public required int Pictures { get; init; }

    /// <summary>The lists that could be read.</summary>
    public required IReadOnlyList<SplitReport> Splits { get; init; }

    /// <summary>The tasks.</summary>
    public required IReadOnlyList<TaskReport> Tasks { get; init; }

    /// <summary>Everything that is wrong, errors first.</summary>
    public required IReadOnlyList<DatasetProblem> Problems { get; init; }

    /// <summary>There is no error.</summary>
    public bool Usable => Problems.All(problem => problem.Severity != ProblemSeverity.Error);
}
