using System.Collections;

namespace Microsoft.ML.OnnxRuntime;

internal sealed class DisposableList<T>(int capacity) : IDisposableReadOnlyCollection<T>
    where T : IDisposable
{
    private readonly List<T> items = new(capacity);

    public int Count => items.Count;

    public T this[int index] => items[index];

    public void Add(T item) => items.Add(item);

    public IEnumerator<T> GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose()
    {
        foreach (T item in items)
        {
            item.Dispose();
        }

        items.Clear();
    }
}
