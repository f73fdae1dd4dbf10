namespace DiTask.Model.Data.Checks;

/// <summary>One thing that is wrong with a data set.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="Kind">What problems of this kind have in common, in a few words.</param>
/// <param name="Message">Where, what was expected, what was found.</param>
internal sealed record DatasetProblem(ProblemSeverity Severity, string Kind, string Message)
{
    public static DatasetProblem Error(string kind, string message) => new(ProblemSeverity.Error, kind, message);

    public static DatasetProblem Warning(string kind, string message) => new(ProblemSeverity.Warning, kind, message);
}
