namespace DiTask.Model.Checkpoints;

/// <summary>A tensor with values that are not finite.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Count">How many of its values.</param>
/// <param name="Total">How many it has.</param>
internal sealed record NonFiniteTensor(string Key, long Count, long Total);
