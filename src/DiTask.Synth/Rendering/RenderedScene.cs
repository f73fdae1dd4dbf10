using DiTask.Model.Data;
using DiTask.Model.Vision;

namespace DiTask.Synth.Rendering;

/// <summary>A picture with everything that is known about it; it owns the picture.</summary>
/// <param name="Image">The picture.</param>
/// <param name="Labels">By wire name; a task that was dropped is absent. Parts of a picture without people are void everywhere.</param>
/// <param name="Instances">
/// [size, size], the thing at each pixel: sky 0, ground or floor 1, ceiling 2, walls 3 to 6, objects from 8 in the order of their making.
/// </param>
/// <param name="Work">What rendering took.</param>
public sealed record RenderedScene(RgbImage Image, IReadOnlyDictionary<string, LabelMap> Labels, int[] Instances, RenderWork Work) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Image.Dispose();
}
