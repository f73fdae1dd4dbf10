using DiTask.Model.Checkpoints;

namespace DiTask.Model.Layers;

/// <summary>
/// How the tokens of a square grid fall into attention windows. Cyclic shift and partition together are one permutation,
/// so that a graph needs a single Gather for both.
/// </summary>
/// <remarks><b>Source:</b> reference specification 3.3.</remarks>
internal sealed class WindowLayout
{
    private const float MaskedLogit = -100f;

    /// <param name="grid">Tokens per side.</param>
    /// <param name="window">Tokens per side of a window; divides the grid.</param>
    /// <param name="shift">Cyclic shift towards the origin in tokens; 0 for none.</param>
    public WindowLayout(int grid, int window, int shift)
    {
        if (grid % window != 0)
        {
            throw new ArgumentException($"A grid of {grid} x {grid} tokens does not fall into windows of {window} x {window}.", nameof(window));
        }

        Grid = grid;
        Window = window;
        Shift = shift;
        TokenOfSlot = Partition();
        SlotOfToken = Invert(TokenOfSlot);
    }

    /// <summary>Shift of a stage's block: every second one is shifted by half a window, unless one window is the whole grid.</summary>
    public static int ShiftOf(int grid, int window, int block) => block % 2 == 1 && grid > window ? window / 2 : 0;

    /// <summary>Tokens per side.</summary>
    public int Grid { get; }

    /// <summary>Tokens per side of a window.</summary>
    public int Window { get; }

    /// <summary>Cyclic shift in tokens.</summary>
    public int Shift { get; }

    /// <summary>Windows in the grid.</summary>
    public int WindowCount => Grid / Window * (Grid / Window);

    /// <summary>Tokens in a window.</summary>
    public int TokensPerWindow => Window * Window;

    /// <summary>Whether the tokens are already in window order.</summary>
    public bool IsIdentity => Shift == 0 && Window == Grid;

    /// <summary>Window order to grid order: slot i of the windows holds token TokenOfSlot[i]. [L]</summary>
    public int[] TokenOfSlot { get; }

    /// <summary>The inverse permutation. [L]</summary>
    public int[] SlotOfToken { get; }

    /// <summary>Index of the relative position of two tokens of a window in the bias table. [N * N]</summary>
    public int[] RelativePositionIndex()
    {
        int n = TokensPerWindow;
        int[] index = new int[n * n];
        for (int query = 0; query < n; query++)
        {
            for (int key = 0; key < n; key++)
            {
                int rows = (query / Window) - (key / Window) + Window - 1;
                int columns = (query % Window) - (key % Window) + Window - 1;
                index[(query * n) + key] = (rows * ((2 * Window) - 1)) + columns;
            }
        }

        return index;
    }

    /// <summary>
    /// What keeps tokens that the cyclic shift made neighbours from attending to each other: 0 inside a region, -100 across.
    /// [nW, 1, N, N]
    /// </summary>
    public HostTensor AttentionMask()
    {
        int n = TokensPerWindow;
        float[] mask = new float[WindowCount * n * n];
        int[] regions = new int[n];
        for (int window = 0; window < WindowCount; window++)
        {
            for (int i = 0; i < n; i++)
            {
                (int row, int column) = RolledPosition((window * n) + i);
                regions[i] = (3 * Band(row)) + Band(column);
            }

            for (int query = 0; query < n; query++)
            {
                for (int key = 0; key < n; key++)
                {
                    mask[(((window * n) + query) * n) + key] = regions[query] == regions[key] ? 0f : MaskedLogit;
                }
            }
        }

        return new HostTensor($"attention_mask_{Grid}_{Window}_{Shift}", [WindowCount, 1, n, n], mask);
    }

    private static int[] Invert(int[] permutation)
    {
        int[] inverse = new int[permutation.Length];
        for (int i = 0; i < permutation.Length; i++)
        {
            inverse[permutation[i]] = i;
        }

        return inverse;
    }

    private int[] Partition()
    {
        int[] tokens = new int[Grid * Grid];
        for (int slot = 0; slot < tokens.Length; slot++)
        {
            (int row, int column) = RolledPosition(slot);
            tokens[slot] = ((row + Shift) % Grid * Grid) + ((column + Shift) % Grid);
        }

        return tokens;
    }

    private (int Row, int Column) RolledPosition(int slot)
    {
        int window = slot / TokensPerWindow;
        int inside = slot % TokensPerWindow;
        int windowsPerRow = Grid / Window;
        return ((window / windowsPerRow * Window) + (inside / Window), (window % windowsPerRow * Window) + (inside % Window));
    }

    private int Band(int position) => position < Grid - Window ? 0 : position < Grid - Shift ? 1 : 2;
}
