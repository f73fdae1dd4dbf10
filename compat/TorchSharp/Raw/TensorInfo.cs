using System.Runtime.InteropServices;

namespace TorchSharp.Raw;

/// <summary>dt_info.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct TensorInfo
{
    public readonly long Dimensions;
    public readonly long Elements;
    public readonly long ElementBytes;
    public readonly int Dtype;
    public readonly int DeviceType;
    public readonly int DeviceIndex;
    public readonly int RequiresGrad;
    public readonly int IsContiguous;
    public readonly int IsLeaf;
}
