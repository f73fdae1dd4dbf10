using DiTask.Model.Tasks;

namespace DiTask.Model.Data;

/// <summary>The first samples of a data set, or all when it has fewer.</summary>
internal sealed class FirstSamples(IDataset whole, int count) : IDataset
{
    /// <inheritdoc/>
    public string Name => whole.Name;

    /// <inheritdoc/>
    public IReadOnlyList<TaskInfo> Tasks => whole.Tasks;

    /// <inheritdoc/>
    public int Count => Math.Min(count, whole.Count);

    /// <inheritdoc/>
    public string Id(int index) => whole.Id(index);

    /// <inheritdoc/>
    public Sample Load(int index) => whole.Load(index);
}
