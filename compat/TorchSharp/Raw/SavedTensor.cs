using System.Runtime.InteropServices;

namespace TorchSharp.Raw;

/// <summary>Owns a dt_saved: a tensor kept for the backward pass, that notices when somebody changes it before.</summary>
internal sealed class SavedTensor : SafeHandle
{
    public SavedTensor(torch.Tensor tensor, bool isOutput)
        : base(0, ownsHandle: true)
    {
        Native.Check(Native.dt_saved_new(tensor.Handle, isOutput ? 1 : 0, out nint saved));
        SetHandle(saved);
    }

    public override bool IsInvalid => handle == 0;

    /// <param name="node">The operation that saved it, while its backward pass runs.</param>
    public torch.Tensor Unpack(nint node) => torch.Tensor.From(Native.dt_saved_unpack(this, node, out NewTensor result), result);

    protected override bool ReleaseHandle()
    {
        Native.dt_saved_free(handle);
        return true;
    }
}
