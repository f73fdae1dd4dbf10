namespace DiTask.Model.Evaluation.Metrics;

/// <summary>The largest one-to-one matching of found pixels to labelled ones within a distance, kept up to date as pixels are found.</summary>
internal sealed class PixelMatching
{
    private const int None = -1;

    private readonly int height;
    private readonly int width;
    private readonly bool[] labelled;
    private readonly (int Y, int X)[] offsets;
    private readonly int[] finderOf;
    private readonly int[] labelOf;
    private readonly int[] reachedFrom;
    private readonly bool[] visited;
    private readonly List<int> trail = [];
    private readonly Queue<int> queue = new();

    /// <param name="labelled">[height, width].</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="distance">Largest distance of a pair in pixels.</param>
    public PixelMatching(bool[] labelled, int height, int width, double distance)
    {
        this.labelled = labelled;
        this.height = height;
        this.width = width;
        int reach = (int)distance;
        offsets =
        [
            .. from y in Enumerable.Range(-reach, (2 * reach) + 1)
               from x in Enumerable.Range(-reach, (2 * reach) + 1)
               where (y * y) + (x * x) <= distance * distance
               orderby (y * y) + (x * x)
               select (y, x),
        ];
        finderOf = Filled(labelled.Length);
        labelOf = Filled(labelled.Length);
        reachedFrom = Filled(labelled.Length);
        visited = new bool[labelled.Length];
    }

    /// <summary>Pairs.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a found pixel; makes one pair more, moving others, where that is possible.</summary>
    public void Add(int found)
    {
        trail.Clear();
        queue.Clear();
        queue.Enqueue(found);
        while (queue.TryDequeue(out int from))
        {
            int fromY = from / width, fromX = from % width;
            foreach ((int offsetY, int offsetX) in offsets)
            {
                int y = fromY + offsetY, x = fromX + offsetX;
                int label = (y * width) + x;
                if (y < 0 || y >= height || x < 0 || x >= width || !labelled[label] || visited[label])
                {
                    continue;
                }

                visited[label] = true;
                trail.Add(label);
                reachedFrom[label] = from;
                if (finderOf[label] == None)
                {
                    Pair(label);
                    trail.ForEach(seen => visited[seen] = false);
                    return;
                }

                queue.Enqueue(finderOf[label]);
            }
        }

        // What this search visited has no free label within reach and never will; leaving it visited makes all searches together linear.
    }

    // Each pixel on the way takes the label that it was reached for and hands its own back.
    private void Pair(int label)
    {
        Count++;
        while (label != None)
        {
            int finder = reachedFrom[label];
            (int previous, labelOf[finder], finderOf[label]) = (labelOf[finder], label, finder);
            label = previous;
        }
    }

    private static int[] Filled(int length)
    {
        int[] values = new int[length];
        Array.Fill(values, None);
        return values;
    }
}
