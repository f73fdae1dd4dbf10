using TorchSharp.Raw;

namespace TorchSharp;

public static partial class torch
{
    public class Generator : IDisposable
    {
        private readonly GeneratorHandle handle;

        public Generator(ulong seed = 0, Device? device = null)
        {
            this.device = device ?? CPU;
            Native.Check(Native.dt_generator_new(seed, (int)this.device.type, this.device.index, out nint generator));
            handle = new GeneratorHandle(generator);
        }

        private Generator(GeneratorHandle handle)
        {
            this.handle = handle;
            device = CPU;
        }

        public static Generator Default
        {
            get
            {
                Native.Check(Native.dt_generator_default(out nint generator));
                return new Generator(new GeneratorHandle(generator));
            }
        }

        public Device device { get; }

        public Generator manual_seed(long seed)
        {
            Native.Check(Native.dt_generator_manual_seed(handle, seed));
            return this;
        }

        public long seed()
        {
            long seed = DateTime.UtcNow.Ticks;
            manual_seed(seed);
            return seed;
        }

        public void Dispose() => handle.Dispose();

        internal static GeneratorHandle Optional(Generator? generator) => generator?.handle ?? GeneratorHandle.None;
    }
}
