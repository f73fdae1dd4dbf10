using Microsoft.Win32.SafeHandles;

namespace SixLabors.ImageSharp.Native;

internal sealed class SpngContext() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        Spng.spng_ctx_free(handle);
        return true;
    }
}
