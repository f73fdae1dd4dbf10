namespace Microsoft.ML.OnnxRuntime.Handles;

/// <summary>A native pointer that stays valid until the lease is disposed.</summary>
internal readonly ref struct Lease : IDisposable
{
    private readonly OrtHandle? handle;

    public Lease(OrtHandle handle)
    {
        Pointer = handle.AddReference();
        this.handle = handle;
    }

    public nint Pointer { get; }

    public void Dispose() => handle?.DangerousRelease();
}
