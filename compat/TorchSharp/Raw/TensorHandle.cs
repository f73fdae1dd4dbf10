using System.Runtime.InteropServices;

namespace TorchSharp.Raw;

/// <summary>Owns a dt_tensor. A call that is running keeps the memory, even when another thread disposes the tensor.</summary>
internal sealed class TensorHandle : SafeHandle
{
    /// <summary>Stands for an optional tensor that is absent.</summary>
    public static readonly TensorHandle None = new(default);

    private readonly long bytes;

    public TensorHandle(NewTensor tensor)
        : base(0, ownsHandle: true)
    {
        bytes = tensor.Bytes;
        SetHandle(tensor.Pointer);

        // The collector sees a small object and would leave gigabytes of undisposed tensors alone.
        if (bytes > 0)
        {
            GC.AddMemoryPressure(bytes);
        }
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Native.dt_free(handle);
        if (bytes > 0)
        {
            GC.RemoveMemoryPressure(bytes);
        }

        return true;
    }
}
