using System.Runtime.InteropServices;

namespace Microsoft.ML.OnnxRuntime.Handles;

/// <summary>Owns one native object; what the object uses is <paramref name="kept"/> until it is released.</summary>
/// <param name="owner">The public type, named by <see cref="ObjectDisposedException"/>.</param>
/// <param name="pointer">The native object.</param>
/// <param name="release">Its C release function; null when something in <paramref name="kept"/> owns the object.</param>
/// <param name="kept">Disposed after the object: pinned memory, references to other handles.</param>
internal sealed unsafe class OrtHandle(Type owner, nint pointer, delegate* unmanaged<nint, void> release, IDisposable? kept = null)
    : SafeHandle(pointer, ownsHandle: true)
{
    private readonly delegate* unmanaged<nint, void> release = release;

    // SafeHandle itself hands out a disposed object for as long as something still refers to it.
    private volatile bool disposed;

    public override bool IsInvalid => handle == 0;

    /// <summary>The native pointer for one call; the object outlives the lease even when it is disposed meanwhile.</summary>
    public Lease Use() => new(this);

    /// <summary>Like DangerousAddRef, but names the public type when the object is gone.</summary>
    public nint AddReference()
    {
        ObjectDisposedException.ThrowIf(disposed, owner);
        bool added = false;
        DangerousAddRef(ref added);
        return handle;
    }

    protected override void Dispose(bool disposing)
    {
        disposed = true;
        base.Dispose(disposing);
    }

    protected override bool ReleaseHandle()
    {
        if (release != null)
        {
            release(handle);
        }

        kept?.Dispose();
        return true;
    }
}
