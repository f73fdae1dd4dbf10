namespace DiTask.Model.Cpab;

/// <summary>Equal cells of [0, 1] on which a velocity field is affine.</summary>
/// <remarks><b>Source:</b> reference specification 1.1; <c>TessellationSize</c> is the reference's <c>tess_size</c>.</remarks>
internal sealed record Tessellation
{
    /// <summary>Divides [0, 1] into <paramref name="cells"/> cells.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than two cells: a field that is zero at both ends has no freedom then.</exception>
    public Tessellation(int cells)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cells, 2);
        TessellationSize = cells;
    }

    /// <summary>Number of cells n.</summary>
    public int TessellationSize { get; }

    /// <summary>Elements of theta, n - 1: one for each interior vertex, since the field is zero at 0 and at 1.</summary>
    public int ParameterCount => TessellationSize - 1;

    /// <summary>The tessellation that a theta of <paramref name="count"/> elements belongs to.</summary>
    /// <exception cref="ArgumentException">An empty theta.</exception>
    public static Tessellation OfParameters(int count) =>
        count > 0 ? new Tessellation(count + 1) : throw new ArgumentException($"Theta needs at least 1 element, got {count}.", nameof(count));

    /// <summary>Position of vertex <paramref name="index"/> in 0..n.</summary>
    public double Vertex(int index) => (double)index / TessellationSize;

    /// <summary>The cell that <paramref name="x"/> in [0, 1] lies in; a vertex belongs to the cell on its right, 1 to the last cell.</summary>
    public int CellOf(double x) => Math.Clamp((int)(x * TessellationSize), 0, TessellationSize - 1);
}
