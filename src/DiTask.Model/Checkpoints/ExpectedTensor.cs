namespace DiTask.Model.Checkpoints;

/// <summary>A tensor that a model's checkpoint has.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Derived">A model computes it itself, so it may be missing and may have the sizes of another image.</param>
internal sealed record ExpectedTensor(string Key, int[] Shape, bool Derived = false)
{
    public long Count => Shape.Aggregate(1L, (product, size) => product * size);
}
