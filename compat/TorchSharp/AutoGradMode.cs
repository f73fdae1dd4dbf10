using TorchSharp.Raw;

namespace TorchSharp;

/// <summary>Switches gradient recording for the calling thread, and back when disposed.</summary>
internal sealed class AutoGradMode : IDisposable
{
    private readonly bool before = IsEnabled;
    private bool disposed;

    public AutoGradMode(bool enabled) => Native.Check(Native.dt_set_grad_enabled(enabled ? 1 : 0));

    public static bool IsEnabled
    {
        get
        {
            Native.Check(Native.dt_is_grad_enabled(out int enabled));
            return enabled != 0;
        }
    }

    public void Dispose()
    {
        if (!disposed)
        {
            disposed = true;
            Native.Check(Native.dt_set_grad_enabled(before ? 1 : 0));
        }
    }
}
