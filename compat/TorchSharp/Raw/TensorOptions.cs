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
        device ??= torch.CPU;
        Dtype = (int)dtype;
        DeviceType = (int)device.type;
        DeviceIndex = device.index;
        RequiresGrad = requiresGrad ? 1 : 0;
    }

    /// <summary>Those of a tensor that is made like another one.</summary>
    public TensorOptions(TensorInfo like, torch.ScalarType? dtype, torch.Device? device, bool requiresGrad)
    {
        Dtype = dtype is null ? like.Dtype : (int)dtype.Value;
        DeviceType = device is null ? like.DeviceType : (int)device.type;
        DeviceIndex = device is null ? like.DeviceIndex : device.index;
        RequiresGrad = requiresGrad ? 1 : 0;
    }
}
