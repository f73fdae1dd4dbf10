namespace Microsoft.ML.OnnxRuntime.Handles;

/// <summary>One reference to a native object, counted by itself: unlike the object it can be shared after its disposal.</summary>
internal sealed class SharedReference : IDisposable
{
    private readonly OrtHandle handle;
    private int count = 1;

    public SharedReference(OrtHandle handle)
    {
        Pointer = handle.AddReference();
        this.handle = handle;
    }

    public nint Pointer { get; }

    /// <summary>For a caller that holds the reference already; each Retain takes one Dispose.</summary>
    public SharedReference Retain()
    {
        Interlocked.Increment(ref count);
        return this;
    }

    public void Dispose()
    {
        if (Interlocked.Decrement(ref count) == 0)
        {
            handle.DangerousRelease();
        }
    }
}
