using TorchSharp.Raw;

namespace TorchSharp;

public static partial class torch
{
    public static int get_num_threads()
    {
        Native.Check(Native.dt_get_num_threads(out int threads));
        return threads;
    }

    public static void set_num_threads(int num) => Native.Check(Native.dt_set_num_threads(num));

    public static IDisposable no_grad() => new AutoGradMode(false);

    public static bool is_grad_enabled() => AutoGradMode.IsEnabled;

    public static DisposeScope NewDisposeScope() => DisposeScopeManager.ThreadSingleton.NewDisposeScope();
}
