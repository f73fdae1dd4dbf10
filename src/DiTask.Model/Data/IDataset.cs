using DiTask.Model.Tasks;

namespace DiTask.Model.Data;

/// <summary>One split of labelled pictures.</summary>
/// <remarks>Safe for several threads at once.</remarks>
public interface IDataset
{
    /// <summary>Name for reports: <c>pascal-context train</c>.</summary>
    string Name { get; }

    /// <summary>The tasks that it labels, with the classes that it has.</summary>
    IReadOnlyList<TaskInfo> Tasks { get; }

    /// <summary>Number of pictures.</summary>
    int Count { get; }

    /// <summary>Name of picture <paramref name="index"/>.</summary>
    string Id(int index);

    /// <summary>Reads picture <paramref name="index"/> and its labels.</summary>
    /// <exception cref="DatasetException">A file is missing or cannot be what it should be.</exception>
    Sample Load(int index);
}
