using DiTask.Model.Inference;
using DiTask.Model.Tasks;
using DiTask.Model.Vision;

namespace DiTask.Cli.Predict;

/// <summary>One task's logits of one photo, to be read at any size.</summary>
internal sealed class PhotoMap(TaskInfo task, TaskLogits logits, int entry)
{
    public TaskInfo Task { get; } = task;

    /// <summary>Sums up the map; set once it has been written.</summary>
    public MapStatistics Statistics { get; set; } = new();

    public TaskDecoder Read(int width, int height) => new(Task, logits.EntryMemory(entry), logits.Height, logits.Width, width, height);
}
