namespace DiTask.Model.Inference;

/// <summary>Logits of one task for the rows of a batch that asked for it.</summary>
/// <param name="Task">Wire name.</param>
/// <param name="Rows">Rows of the batch, ascending; entry i of the values belongs to row Rows[i].</param>
/// <param name="Channels">Channels C.</param>
/// <param name="Height">Rows of pixels h.</param>
/// <param name="Width">Columns of pixels w.</param>
/// <param name="Values">[Rows.Count, C, h, w].</param>
public sealed record TaskLogits(string Task, IReadOnlyList<int> Rows, int Channels, int Height, int Width, float[] Values)
{
    /// <summary>Logits [C, h, w] of entry <paramref name="index"/>.</summary>
    public ReadOnlySpan<float> Entry(int index) => EntryMemory(index).Span;

    /// <summary>The same as memory that may be kept.</summary>
    public ReadOnlyMemory<float> EntryMemory(int index)
    {
        int size = Channels * Height * Width;
        return Values.AsMemory(index * size, size);
    }
}
