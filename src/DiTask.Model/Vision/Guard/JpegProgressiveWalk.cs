using System.Numerics;

namespace DiTask.Model.Vision.Guard;

/// <summary>The four kinds of a progressive scan: constant coefficients and the others, at first and with one bit more.</summary>
/// <remarks>
/// Buffer and count of the reader are kept in local variables, refilled by the same three lines each time: a method for them would keep
/// both in memory, at twice the time.
/// </remarks>
internal static class JpegProgressiveWalk
{
    /// <summary>A code and a magnitude for the constant coefficient of every block.</summary>
    /// <returns>Units that are whole.</returns>
    public static int Means(ref JpegBits bits, JpegScan scan, int units)
    {
        ulong buffer = bits.Buffer;
        int count = bits.Count;
        for (int unit = 0; unit < units; unit++)
        {
            foreach (JpegHuffmanTable table in scan.Means)
            {
                if (count <= JpegHuffmanTable.LongestStep)
                {
                    buffer = bits.Refill(buffer, count);
                    count |= 56;
                }

                uint entry = table.Find(buffer);
                if (entry == 0)
                {
                    return unit;
                }

                buffer <<= JpegHuffmanTable.Bits(entry);
                count -= JpegHuffmanTable.Bits(entry);
            }

            if (count < bits.Padding)
            {
                return unit;
            }
        }

        bits.Buffer = buffer;
        bits.Count = count;
        return units;
    }

    /// <summary>One bit for every block, without a code.</summary>
    public static int MoreMeans(ref JpegBits bits, JpegScan scan, int units)
    {
        for (int left = units * scan.BlocksOfUnit; left > 0; left -= JpegHuffmanTable.LongestStep)
        {
            bits.Skip(Math.Min(left, JpegHuffmanTable.LongestStep));
        }

        return bits.Missing == 0 ? units : Math.Max(0, units - 1 - (bits.Missing / scan.BlocksOfUnit));
    }

    /// <summary>Codes of runs of zeros and of what is behind them, and of runs of blocks that have no more.</summary>
    public static int Waves(ref JpegBits bits, JpegScan scan, int first, int units, ref int endOfBlockRun)
    {
        JpegHuffmanTable table = scan.Waves[0];
        Span<ulong> coefficients = scan.Components[0].Coefficients.AsSpan(first, units);
        ulong buffer = bits.Buffer;
        int count = bits.Count, firstOfBand = scan.First, last = scan.Last;
        for (int unit = 0; unit < units; unit++)
        {
            if (endOfBlockRun > 0)
            {
                int skipped = Math.Min(endOfBlockRun, units - unit);
                endOfBlockRun -= skipped;
                unit += skipped - 1;
                continue;
            }

            ulong found = 0;
            for (int k = firstOfBand; k <= last; k++)
            {
                if (count <= JpegHuffmanTable.LongestStep)
                {
                    buffer = bits.Refill(buffer, count);
                    count |= 56;
                }

                uint entry = table.Find(buffer);
                int zeros = JpegHuffmanTable.Symbol(entry) >> 4, magnitude = JpegHuffmanTable.Symbol(entry) & 15;
                if (entry == 0)
                {
                    return unit;
                }

                buffer <<= JpegHuffmanTable.Bits(entry);
                count -= JpegHuffmanTable.Bits(entry);
                if (magnitude == 0 && zeros < 15)
                {
                    // The run's length less this block, in as many bits as there were zeros.
                    endOfBlockRun = (1 << zeros) - 1 + (int)(buffer >> 1 >> (63 - zeros));
                    buffer <<= zeros;
                    count -= zeros;
                    break;
                }

                // A run past the block's end is taken, as decoders do.
                k += zeros;
                found |= magnitude == 0 || k > 63 ? 0 : 1UL << k;
            }

            coefficients[unit] |= found;
            if (count < bits.Padding)
            {
                return unit;
            }
        }

        bits.Buffer = buffer;
        bits.Count = count;
        return units;
    }

    /// <summary>A code for each coefficient that becomes other than 0, and a bit for each that is so already.</summary>
    public static int MoreWaves(ref JpegBits bits, JpegScan scan, int first, int units, ref int endOfBlockRun)
    {
        JpegHuffmanTable table = scan.Waves[0];
        Span<ulong> coefficients = scan.Components[0].Coefficients.AsSpan(first, units);
        ulong band = (ulong.MaxValue << scan.First) & (ulong.MaxValue >> (63 - scan.Last));
        ulong buffer = bits.Buffer;
        int count = bits.Count, run = endOfBlockRun;
        for (int unit = 0; unit < units; unit++)
        {
            ulong known = coefficients[unit], left = band;
            while (left != 0)
            {
                ulong passed = left, reached = 0;
                if (run > 0)
                {
                    // The rest of the block has corrections only.
                    run--;
                }
                else
                {
                    if (count <= JpegHuffmanTable.LongestStep)
                    {
                        buffer = bits.Refill(buffer, count);
                        count |= 56;
                    }

                    uint entry = table.Find(buffer);
                    int zeros = JpegHuffmanTable.Symbol(entry) >> 4, magnitude = JpegHuffmanTable.Symbol(entry) & 15;
                    if (entry == 0 || magnitude > 1)
                    {
                        return unit;
                    }

                    // With the sign of a new coefficient, which is its magnitude's one bit.
                    buffer <<= JpegHuffmanTable.Bits(entry);
                    count -= JpegHuffmanTable.Bits(entry);
                    if (magnitude == 0 && zeros < 15)
                    {
                        run = (1 << zeros) + (int)(buffer >> 1 >> (63 - zeros));
                        buffer <<= zeros;
                        count -= zeros;
                        continue;
                    }

                    ulong target = NthZero(left & ~known, zeros);
                    passed = target == 0 ? left : left & (target - 1);
                    reached = target;
                    known |= magnitude == 0 ? 0 : target;
                }

                // Those passed that were other than 0 already: the new one is not among them.
                for (int corrections = BitOperations.PopCount(known & passed); corrections > 0; corrections -= JpegHuffmanTable.LongestStep)
                {
                    if (count <= JpegHuffmanTable.LongestStep)
                    {
                        buffer = bits.Refill(buffer, count);
                        count |= 56;
                    }

                    int step = Math.Min(corrections, JpegHuffmanTable.LongestStep);
                    buffer <<= step;
                    count -= step;
                }

                left &= ~(passed | reached);
            }

            coefficients[unit] = known;
            if (count < bits.Padding)
            {
                return unit;
            }
        }

        endOfBlockRun = run;
        bits.Buffer = buffer;
        bits.Count = count;
        return units;
    }

    /// <summary>The coefficient that has <paramref name="zeros"/> others before it; 0 if there are not so many.</summary>
    private static ulong NthZero(ulong candidates, int zeros)
    {
        for (; zeros > 0; zeros--)
        {
            candidates &= candidates - 1;
        }

        return candidates & (0 - candidates);
    }
}
