using System.Runtime.InteropServices;

namespace TorchSharp.Raw;

/// <summary>Owns a dt_tensor. A call that is running keeps the memory, even when another thread disposes the tensor.</summary>
internal sealed class TensorHandle : SafeHandle
{
    /// <summary>Stands for an optional tensor that is absent.</summary>
    public static readonly TensorHandle None = new(default);

    private static long live;

    private readonly long bytes;

    public TensorHandle(NewTensor tensor)
        : base(0, ownsHandle: true)
    {
        bytes = tensor.Bytes;
        SetHandle(tensor.Pointer);
        if (IsInvalid)
        {
            return;
        }

        Interlocked.Increment(ref live);

        // The collector sees a small object and would leave gigabytes of undisposed tensors alone.
        if (bytes > 0)
        {
            GC.AddMemoryPressure(bytes);
        }
    }

    /// <summary>Tensors that are not freed yet, in the process.</summary>
    public static long Live => Volatile.Read(ref live);

    public override bool IsInvalid => handle == 0;

    /// <summary>What a tensor holds whose memory went to another one.</summary>
    public static TensorHandle NewClosed()
    {
        TensorHandle closed = new(default);
        closed.Dispose();
        return closed;
    }

    protected override bool ReleaseHandle()
    {
        Native.dt_free(handle);
        Interlocked.Decrement(ref live);
        if (bytes > 0)
        {
            GC.RemoveMemoryPressure(bytes);
        }

        return true;
    }
}
