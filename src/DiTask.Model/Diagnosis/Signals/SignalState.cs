namespace DiTask.Model.Diagnosis.Signals;

/// <summary>Whether a signal is there.</summary>
internal enum SignalState
{
    /// <summary>It was looked for, and is not there.</summary>
    Absent,

    /// <summary>It is there.</summary>
    Present,

    /// <summary>What it takes to judge it was not given.</summary>
    Unknown,
}
