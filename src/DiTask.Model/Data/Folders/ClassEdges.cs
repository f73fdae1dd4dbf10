namespace DiTask.Model.Data.Folders;

/// <summary>Edges between classes, one pixel wide.</summary>
internal static class ClassEdges
{
    // Neighbours in the order of the paper: east, then counter-clockwise.
    private static readonly (int X, int Y)[] Neighbours = [(1, 0), (1, -1), (0, -1), (-1, -1), (-1, 0), (-1, 1), (0, 1), (1, 1)];

    private static readonly bool[][] Removable = [Table(second: false), Table(second: true)];

    /// <summary>1 where the Laplacian of the labels is not 0, thinned; 0 elsewhere.</summary>
    /// <param name="labels">[height, width]; numbers of classes.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    public static float[] Of(ReadOnlySpan<float> labels, int width, int height)
    {
        bool[] edges = new bool[labels.Length];
        for (int i = 0; i < edges.Length; i++)
        {
            int x = i % width, y = i / width;
            // Beyond the border the picture is mirrored about its last pixel.
            int left = Mirror(x - 1, width), right = Mirror(x + 1, width), up = Mirror(y - 1, height), down = Mirror(y + 1, height);
            edges[i] = labels[(y * width) + left] + labels[(y * width) + right] + labels[(up * width) + x] + labels[(down * width) + x] - (4 * labels[i]) != 0;
        }

        Thin(edges, width, height);
        return Array.ConvertAll(edges, edge => edge ? 1f : 0f);
    }

    /// <summary>Takes pixels away from both sides until lines are one pixel wide, in place.</summary>
    /// <remarks><b>Source:</b> Guo and Hall, "Parallel thinning with two-subiteration algorithms", 1989, as in MATLAB's bwmorph and scikit-image's thin.</remarks>
    internal static void Thin(bool[] pixels, int width, int height)
    {
        List<int> candidates = [.. Enumerable.Range(0, pixels.Length).Where(i => pixels[i])];
        List<int> removed = [];
        for (bool changed = true; changed;)
        {
            changed = false;
            foreach (bool[] table in Removable)
            {
                removed.Clear();
                removed.AddRange(candidates.Where(i => table[Around(pixels, width, height, i)]));
                foreach (int i in removed)
                {
                    pixels[i] = false;
                }

                changed |= removed.Count > 0;
                candidates.RemoveAll(i => !pixels[i]);
            }
        }
    }

    private static int Mirror(int index, int length) => length == 1 ? 0 : index < 0 ? -index : index >= length ? (2 * length) - 2 - index : index;

    private static int Around(bool[] pixels, int width, int height, int i)
    {
        int x = i % width, y = i / width, bits = 0;
        for (int k = 0; k < Neighbours.Length; k++)
        {
            int column = x + Neighbours[k].X, row = y + Neighbours[k].Y;
            bits |= (uint)column < (uint)width && (uint)row < (uint)height && pixels[(row * width) + column] ? 1 << k : 0;
        }

        return bits;
    }

    // Conditions G1, G2 and G3 (or G3', in the second half of a step) for the neighbours x1 to x8 in the bits 0 to 7.
    private static bool[] Table(bool second)
    {
        bool[] table = new bool[256];
        for (int bits = 0; bits < table.Length; bits++)
        {
            bool On(int k) => ((bits >> ((k - 1) % 8)) & 1) == 1;
            int crossings = 0, pairs = 0, shifted = 0;
            for (int k = 1; k <= 4; k++)
            {
                crossings += !On((2 * k) - 1) && (On(2 * k) || On((2 * k) + 1)) ? 1 : 0;
                pairs += On((2 * k) - 1) || On(2 * k) ? 1 : 0;
                shifted += On(2 * k) || On((2 * k) + 1) ? 1 : 0;
            }

            bool third = second ? (On(6) || On(7) || !On(4)) && On(5) : (On(2) || On(3) || !On(8)) && On(1);
            table[bits] = crossings == 1 && Math.Min(pairs, shifted) is 2 or 3 && !third;
        }

        return table;
    }
}
