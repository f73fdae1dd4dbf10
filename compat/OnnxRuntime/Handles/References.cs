namespace Microsoft.ML.OnnxRuntime.Handles;

/// <summary>Keeps several native objects alive for one call.</summary>
internal sealed class References(int capacity) : IDisposable
{
    private readonly List<OrtHandle> held = new(capacity);

    public nint Add(OrtHandle handle)
    {
        nint pointer = handle.AddReference();
        held.Add(handle);
        return pointer;
    }

    public void Dispose()
    {
        foreach (OrtHandle handle in held)
        {
            handle.DangerousRelease();
        }

        held.Clear();
    }
}
