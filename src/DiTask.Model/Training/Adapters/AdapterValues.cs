using System.IO.Hashing;
using System.Text;
using DiTask.Model.Data;

namespace DiTask.Model.Training.Adapters;

/// <summary>First values of parameters. Those that are drawn depend on the seed and the key, not on what else was drawn.</summary>
internal static class AdapterValues
{
    /// <summary>Zeros.</summary>
    public static float[] Zero(int count) => new float[count];

    /// <summary>Uniform in (-<paramref name="bound"/>, <paramref name="bound"/>).</summary>
    public static float[] Uniform(long seed, string key, int count, double bound) => Draw(seed, key, count, (ref CounterRandom random) => random.NextDouble(-bound, bound));

    /// <summary>Normal around 0, what lies beyond two deviations drawn again.</summary>
    public static float[] TruncatedNormal(long seed, string key, int count, double deviation) => Draw(seed, key, count, (ref CounterRandom random) =>
    {
        while (true)
        {
            // Box and Muller; a logarithm of 0 would be infinite.
            double value = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            if (Math.Abs(value) <= 2)
            {
                return value * deviation;
            }
        }
    });

    private static float[] Draw(long seed, string key, int count, Sampler sample)
    {
        long address = unchecked((long)XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(key)));
        CounterRandom random = new(seed, RandomPurpose.Initialization, 0, address);
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = (float)sample(ref random);
        }

        return values;
    }

    private delegate double Sampler(ref CounterRandom random);
}
