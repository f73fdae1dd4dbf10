namespace DiTask.Api.Batching;

/// <summary>Whose items run first.</summary>
internal enum BatchPriority
{
    /// <summary>Somebody waits in front of it.</summary>
    Interactive,

    /// <summary>Runs where there is room for it.</summary>
    Bulk,
}
