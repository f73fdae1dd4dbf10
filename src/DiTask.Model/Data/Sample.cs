using DiTask.Model.Vision;

namespace DiTask.Model.Data;

/// <summary>A picture and what is known about it, as the files have it.</summary>
/// <param name="Id">Name within the data set.</param>
/// <param name="Image">The picture; this sample owns it.</param>
/// <param name="Labels">By wire name of the task. A task that is not labelled here is absent. Sizes may differ from the picture's.</param>
public sealed record Sample(string Id, RgbImage Image, IReadOnlyDictionary<string, LabelMap> Labels) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Image.Dispose();
}
