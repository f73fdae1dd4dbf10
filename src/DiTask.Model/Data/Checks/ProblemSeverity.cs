namespace DiTask.Model.Data.Checks;

/// <summary>How bad a problem of a data set is.</summary>
internal enum ProblemSeverity
{
    /// <summary>Training would stop, or learn something wrong.</summary>
    Error,

    /// <summary>It may be meant.</summary>
    Warning,
}
