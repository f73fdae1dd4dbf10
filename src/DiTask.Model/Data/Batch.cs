namespace DiTask.Model.Data;

/// <summary>Examples side by side.</summary>
/// <param name="Ids">Their names.</param>
/// <param name="Images">[B, 3, S, S].</param>
/// <param name="Labels">By wire name: [B, c, S, S].</param>
public sealed record Batch(IReadOnlyList<string> Ids, float[] Images, IReadOnlyDictionary<string, float[]> Labels)
{
    /// <summary>Number of examples B.</summary>
    public int Count => Ids.Count;
}
