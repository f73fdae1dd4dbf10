using TorchSharp.Raw;

namespace TorchSharp;

public static partial class torch
{
    public static partial class cuda
    {
        public static bool is_available()
        {
            Native.Check(Native.dt_cuda_is_available(out int available));
            return available != 0;
        }

        public static int device_count()
        {
            Native.Check(Native.dt_cuda_device_count(out int count));
            return count;
        }

        public static void manual_seed(long seed) => Native.Check(Native.dt_cuda_manual_seed(seed));
    }
}
