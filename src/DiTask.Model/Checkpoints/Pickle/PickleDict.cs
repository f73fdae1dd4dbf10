namespace DiTask.Model.Checkpoints.Pickle;

/// <summary>A Python dict in insertion order. Keys are not hashed: a pickle can hold keys that Python itself would refuse.</summary>
internal class PickleDict
{
    public List<KeyValuePair<object?, object?>> Entries { get; } = [];

    /// <summary>Value of the last entry with a text key, as Python keeps it; null when there is none.</summary>
    public object? Find(string key) => Entries.FindLast(entry => entry.Key is string text && text == key).Value;
}
