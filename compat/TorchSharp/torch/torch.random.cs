using TorchSharp.Raw;

namespace TorchSharp;

public static partial class torch
{
    public static long seed() => random.seed();

    /// <summary>Seeds the generator of the cpu; <see cref="cuda.manual_seed"/> that of a GPU.</summary>
    public static Generator manual_seed(long seed) => random.manual_seed(seed);

    public static partial class random
    {
        public static long seed()
        {
            using Generator generator = Generator.Default;
            return generator.seed();
        }

        public static Generator manual_seed(long seed) => Generator.Default.manual_seed(seed);
    }
}
