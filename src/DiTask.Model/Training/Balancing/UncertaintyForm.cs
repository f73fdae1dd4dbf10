namespace DiTask.Model.Training.Balancing;

/// <summary>How a loss and its log-variance s make a term of uncertainty weighting.</summary>
internal enum UncertaintyForm
{
    /// <summary>Regression (normals, depth): e^-s L/2 + s/2. Classification (all others): e^-s L + s/2.</summary>
    ByTask,

    /// <summary>e^-s L/2 + s/2 for every task; the missing factor 2 is a shift of s.</summary>
    Simplified,

    /// <summary>e^-s L/2 + ln(1 + e^s) for every task: the total is never negative (Liebel and Koerner 2018).</summary>
    Positive,
}
