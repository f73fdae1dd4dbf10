namespace DiTask.Model.Data.Folders;

/// <summary>What of a folder is read, and how.</summary>
public sealed record DatasetOptions
{
    /// <summary>Layout of the folder. Null, the default: recognised.</summary>
    public DatasetFormat? Format { get; init; }

    /// <summary>Wire names of the tasks that are read. Null, the default: all that the folder has.</summary>
    public IReadOnlyList<string>? Tasks { get; init; }

    /// <summary>Unit of NYUD-v2 depth files. Default metres: the numbers as they are.</summary>
    public LengthUnit NyudDepthUnit { get; init; } = LengthUnit.Metres;
}
