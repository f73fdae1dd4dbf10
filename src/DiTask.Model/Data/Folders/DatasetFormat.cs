namespace DiTask.Model.Data.Folders;

/// <summary>How a folder of labelled pictures is laid out.</summary>
public enum DatasetFormat
{
    /// <summary>Our own: images/, one folder per task, splits/; docs/data.md.</summary>
    Plain,

    /// <summary>PASCAL-Context for several tasks, as in PASCAL_MT.tgz.</summary>
    Pascal,

    /// <summary>NYUD-v2 for several tasks, as in NYUD_MT.tgz.</summary>
    Nyud,
}
