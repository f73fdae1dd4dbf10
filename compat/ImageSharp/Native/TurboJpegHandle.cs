using Microsoft.Win32.SafeHandles;

namespace SixLabors.ImageSharp.Native;

internal sealed unsafe class TurboJpegHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    public string LastError => new((sbyte*)TurboJpeg.tjGetErrorStr2(this));

    protected override bool ReleaseHandle() => TurboJpeg.tjDestroy(handle) == 0;
}
