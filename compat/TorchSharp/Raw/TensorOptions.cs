using System.Runtime.InteropServices;

namespace TorchSharp.Raw;

/// <summary>dt_options.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct TensorOptions
{
    public readonly int Dtype;
    public readonly int DeviceType;
    public readonly int DeviceIndex;
    public readonly int RequiresGrad;

    public TensorOptions(torch.ScalarType dtype, torch.Device? device, bool requiresGrad)
    {
        device ??= torch.get_default_device();
        Dtype = (int)dtype;
        DeviceType = (int)device.type;
        DeviceIndex = device.index;
        RequiresGrad = requiresGrad ? 1 : 0;
    }
}
