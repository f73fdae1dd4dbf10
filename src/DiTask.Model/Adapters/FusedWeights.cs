namespace DiTask.Model.Adapters;

/// <summary>Which weights are two or three square matrices stacked by rows, each with singular values of its own.</summary>
/// <remarks><b>Source:</b> reference specification 2.3. The rule looks at the shape alone, as the reference does, so that any checkpoint folds as it was trained.</remarks>
internal static class FusedWeights
{
    /// <summary>3 for out = 3 in (query, key, value), 2 for out = 2 in (key, value), 1 otherwise.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size below 1.</exception>
    public static int BlockCount(int outFeatures, int inFeatures)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(outFeatures, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(inFeatures, 1);
        return outFeatures == 3L * inFeatures ? 3 : outFeatures == 2L * inFeatures ? 2 : 1;
    }

    /// <summary>The rows of each block of a weight [out, in], from the first on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size below 1.</exception>
    public static IReadOnlyList<Range> RowBlocks(int outFeatures, int inFeatures)
    {
        int blocks = BlockCount(outFeatures, inFeatures);
        int rows = outFeatures / blocks;
        return [.. Enumerable.Range(0, blocks).Select(block => (block * rows)..((block + 1) * rows))];
    }
}
