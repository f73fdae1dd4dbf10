using TorchSharp.Raw;

namespace TorchSharp;

public static partial class torch
{
    public static long seed() => random.seed();

    public static long initial_seed() => random.initial_seed();

    /// <summary>Seeds the generator of the cpu; <see cref="cuda.manual_seed_all"/> those of the other devices.</summary>
    public static Generator manual_seed(long seed) => random.manual_seed(seed);

    public static Tensor get_rng_state() => random.get_rng_state();

    public static void set_rng_state(Tensor new_state) => random.set_rng_state(new_state);

    public static Tensor bernoulli(Tensor input, Generator? generator = null) => input.bernoulli(generator);

    public static Tensor randint(long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        randint(0, high, size, dtype, device, requires_grad, generator);

    public static Tensor randint(
        long low, long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null)
    {
        TensorOptions options = new(dtype ?? ScalarType.Int64, device, requires_grad);
        return Tensor.From(Native.dt_randint(low, high, size, size.Length, Generator.Optional(generator), options, out NewTensor result), result);
    }

    public static Tensor randperm(long n, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null)
    {
        TensorOptions options = new(dtype ?? ScalarType.Int64, device, requires_grad);
        return Tensor.From(Native.dt_randperm(n, Generator.Optional(generator), options, out NewTensor result), result);
    }

    public static partial class random
    {
        public static long seed()
        {
            using Generator generator = Generator.Default;
            return generator.seed();
        }

        public static long initial_seed()
        {
            using Generator generator = Generator.Default;
            return generator.initial_seed();
        }

        public static Generator manual_seed(long seed) => Generator.Default.manual_seed(seed);

        public static Tensor get_rng_state()
        {
            using Generator generator = Generator.Default;
            return generator.get_state();
        }

        public static void set_rng_state(Tensor new_state)
        {
            using Generator generator = Generator.Default;
            generator.set_state(new_state);
        }
    }
}
