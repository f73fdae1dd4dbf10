using System.Runtime.InteropServices;

namespace TorchSharp.Raw;

/// <summary>Owns a dt_generator.</summary>
internal sealed class GeneratorHandle : SafeHandle
{
    /// <summary>Stands for the default generator of the device that is used.</summary>
    public static readonly GeneratorHandle None = new(0);

    public GeneratorHandle(nint generator)
        : base(0, ownsHandle: true) => SetHandle(generator);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Native.dt_generator_free(handle);
        return true;
    }
}
