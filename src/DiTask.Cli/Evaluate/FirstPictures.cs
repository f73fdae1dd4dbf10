using DiTask.Model.Data;
using DiTask.Model.Tasks;

namespace DiTask.Cli.Evaluate;

/// <summary>The first pictures of a data set.</summary>
internal sealed class FirstPictures(IDataset dataset, int count) : IDataset
{
    public string Name => dataset.Name;

    public IReadOnlyList<TaskInfo> Tasks => dataset.Tasks;

    public int Count => Math.Min(count, dataset.Count);

    public string Id(int index) => dataset.Id(index);

    public Sample Load(int index) => dataset.Load(index);
}
