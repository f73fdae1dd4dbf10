namespace DiTask.Model.Data.Matlab;

/// <summary>A tagged piece of a MATLAB file.</summary>
/// <param name="type">Number of its type.</param>
/// <param name="data">Its bytes.</param>
internal readonly ref struct MatElement(int type, ReadOnlySpan<byte> data)
{
    public int Type { get; } = type;

    public ReadOnlySpan<byte> Data { get; } = data;
}
