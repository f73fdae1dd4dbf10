namespace DiTask.Model.Data.Matlab;

/// <summary>What an array of a MATLAB file holds.</summary>
internal enum MatKind
{
    Numbers,
    Text,
    Cells,
    Structure,

    /// <summary>Objects, sparse matrices, functions: skipped.</summary>
    Other,
}
