namespace DiTask.Model.Evaluation.Metrics;

/// <summary>Thins a mask to lines one pixel wide without tearing them (Guo and Hall, 1989).</summary>
internal static class Thinning
{
    /// <summary>Thins <paramref name="mask"/> [height, width] in place.</summary>
    public static void Apply(Span<bool> mask, int height, int width)
    {
        List<int> pixels = [];
        for (int i = 0; i < mask.Length; i++)
        {
            if (mask[i])
            {
                pixels.Add(i);
            }
        }

        List<int> removed = [];
        int idle = 0;
        for (int pass = 0; idle < 2; pass++)
        {
            removed.Clear();
            foreach (int pixel in pixels)
            {
                if (IsRemovable(mask, height, width, pixel, pass % 2 == 0))
                {
                    removed.Add(pixel);
                }
            }

            foreach (int pixel in removed)
            {
                mask[pixel] = false;
            }

            idle = removed.Count == 0 ? idle + 1 : 0;
            pixels = Remaining(pixels, mask);
        }
    }

    private static List<int> Remaining(List<int> pixels, ReadOnlySpan<bool> mask)
    {
        List<int> remaining = new(pixels.Count);
        foreach (int pixel in pixels)
        {
            if (mask[pixel])
            {
                remaining.Add(pixel);
            }
        }

        return remaining;
    }

    private static bool IsRemovable(ReadOnlySpan<bool> mask, int height, int width, int pixel, bool first)
    {
        int y = pixel / width, x = pixel % width;
        bool hasUp = y > 0, hasDown = y < height - 1, hasLeft = x > 0, hasRight = x < width - 1;
        bool n = hasUp && mask[pixel - width], s = hasDown && mask[pixel + width];
        bool w = hasLeft && mask[pixel - 1], e = hasRight && mask[pixel + 1];
        bool nw = hasUp && hasLeft && mask[pixel - width - 1], ne = hasUp && hasRight && mask[pixel - width + 1];
        bool sw = hasDown && hasLeft && mask[pixel + width - 1], se = hasDown && hasRight && mask[pixel + width + 1];
        int parts = One(!n && (ne || e)) + One(!e && (se || s)) + One(!s && (sw || w)) + One(!w && (nw || n));
        int pairs = Math.Min(One(nw || n) + One(ne || e) + One(se || s) + One(sw || w), One(n || ne) + One(e || se) + One(s || sw) + One(w || nw));
        bool keepsSide = first ? (s || sw || !nw) && w : (n || ne || !se) && e;
        return parts == 1 && pairs is 2 or 3 && !keepsSide;
    }

    private static int One(bool condition) => condition ? 1 : 0;
}
