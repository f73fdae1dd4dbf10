namespace DiTask.Model.Checkpoints.Pickle;

/// <summary>The machine's stack, its marks and its memo.</summary>
internal sealed class PickleStack(PickleInput input)
{
    // Real checkpoints nest about a dozen deep.
    private const int MostMarks = 1000;

    private readonly List<object?> values = [];
    private readonly List<int> marks = [];
    private readonly Dictionary<long, object?> memo = [];

    public object? Top => values.Count > Floor ? values[^1] : throw Empty();

    private int Floor => marks.Count > 0 ? marks[^1] : 0;

    public void Push(object? value) => values.Add(value);

    public object? Pop()
    {
        object? value = Top;
        values.RemoveAt(values.Count - 1);
        return value;
    }

    public void PushMark()
    {
        if (marks.Count == MostMarks)
        {
            throw input.Fail("the pickle nests too deeply", $"at most {MostMarks} open marks", "one more");
        }

        marks.Add(values.Count);
    }

    /// <summary>Takes everything above the last mark, and the mark.</summary>
    public List<object?> PopToMark()
    {
        if (marks.Count == 0)
        {
            throw input.Fail("the pickle is malformed", "an open mark", "none");
        }

        int floor = marks[^1];
        marks.RemoveAt(marks.Count - 1);
        List<object?> taken = values.GetRange(floor, values.Count - floor);
        values.RemoveRange(floor, taken.Count);
        return taken;
    }

    /// <summary>Removes the top, which may be a mark.</summary>
    public void Drop()
    {
        if (marks.Count > 0 && values.Count == marks[^1])
        {
            marks.RemoveAt(marks.Count - 1);
            return;
        }

        Pop();
    }

    public void Memoize() => memo[memo.Count] = Top;

    public void Put(long index) => memo[index] = Top;

    public object? Get(long index) =>
        memo.TryGetValue(index, out object? value) ? value : throw input.Fail("the pickle refers to something that it has not stored", "a memo entry that exists", $"entry {index}");

    private CheckpointException Empty() => input.Fail("the pickle is malformed", "a value on its stack", "none");
}
