using DiTask.Model.Data;
using DiTask.Model.Tasks;

namespace DiTask.Model.Training.Runs;

/// <summary>The first samples of a data set.</summary>
internal sealed class FirstSamples(IDataset whole, int count) : IDataset
{
    /// <inheritdoc/>
    public string Name => whole.Name;

    /// <inheritdoc/>
    public IReadOnlyList<TaskInfo> Tasks => whole.Tasks;

    /// <inheritdoc/>
    public int Count => count;

    /// <inheritdoc/>
    public string Id(int index) => whole.Id(index);

    /// <inheritdoc/>
    public Sample Load(int index) => whole.Load(index);
}
