using System.Runtime.InteropServices;

namespace TorchSharp.Raw;

/// <summary>dt_new: a tensor that the shim hands out, and the bytes that it keeps alive.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct NewTensor
{
    public readonly nint Pointer;
    public readonly long Bytes;
}
