namespace DiTask.Model.Data;

/// <summary>
/// Random numbers that are a function of their address (seed, purpose, epoch, sample) and of nothing else: whatever thread draws them, in whatever
/// order, after whatever restart, they are the same.
/// </summary>
/// <remarks>A value type: a copy goes its own way from where it is. <b>Source:</b> SplitMix64 over a hash of the address (Steele, Lea, Flood 2014).</remarks>
public struct CounterRandom
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private ulong state;

    /// <summary>The sequence at an address.</summary>
    public CounterRandom(long seed, RandomPurpose purpose, long epoch = 0, long sample = 0)
    {
        state = Mix(unchecked((ulong)seed + Golden));
        foreach (long part in (ReadOnlySpan<long>)[(long)purpose, epoch, sample])
        {
            state = Mix(unchecked((state ^ (ulong)part) + Golden));
        }
    }

    /// <summary>64 random bits.</summary>
    public ulong NextBits() => Mix(unchecked(state += Golden));

    /// <summary>Uniform in [0, 1).</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public double NextDouble(double low, double high) => low + ((high - low) * NextDouble());

    /// <summary>Uniform in 0..<paramref name="count"/>-1.</summary>
    public int NextInt(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return (int)Math.BigMul(NextBits(), (ulong)count, out _);
    }

    /// <summary>A random order of 0..<paramref name="count"/>-1.</summary>
    public int[] NextPermutation(int count)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        for (int last = count - 1; last > 0; last--)
        {
            int other = NextInt(last + 1);
            (order[last], order[other]) = (order[other], order[last]);
        }

        return order;
    }

    private static ulong Mix(ulong value)
    {
        value = unchecked((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9);
        value = unchecked((value ^ (value >> 27)) * 0x94D049BB133111EB);
        return value ^ (value >> 31);
    }
}
