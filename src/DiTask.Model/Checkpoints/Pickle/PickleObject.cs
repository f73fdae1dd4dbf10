namespace DiTask.Model.Checkpoints.Pickle;

/// <summary>An instance of a class that this reader does not know, such as the yacs config: what the pickle said of it, and no more.</summary>
internal sealed class PickleObject(PickleGlobal type, object? arguments) : PickleDict
{
    public PickleGlobal Type { get; } = type;

    /// <summary>What its constructor or function would have been called with.</summary>
    public object? Arguments { get; } = arguments;

    /// <summary>What its <c>__setstate__</c> would have been given.</summary>
    public object? State { get; set; }

    /// <summary>What was appended to it, when it is a kind of list.</summary>
    public List<object?> Elements { get; } = [];
}
