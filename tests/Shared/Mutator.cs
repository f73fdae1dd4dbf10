using System.Buffers.Binary;

namespace DiTask.Tests;

/// <summary>Damages bytes in the ways in which files and messages are damaged, all of it decided by a seeded generator.</summary>
internal static class Mutator
{
    private const int MostDamages = 6;
    private const int LongestRun = 64;

    private static readonly uint[] Extremes = [0, 1, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF];

    /// <summary>A damaged copy of <paramref name="seed"/>.</summary>
    /// <param name="random">Decides everything.</param>
    /// <param name="seed">What is damaged.</param>
    /// <param name="others">What parts may be taken from.</param>
    public static byte[] Damage(Random random, byte[] seed, IReadOnlyList<byte[]> others)
    {
        byte[] bytes = [.. seed];
        int damages = random.Next(1, MostDamages + 1);
        for (int i = 0; i < damages && bytes.Length > 0; i++)
        {
            bytes = DamageOnce(random, bytes, others);
        }

        return bytes;
    }

    private static byte[] DamageOnce(Random random, byte[] bytes, IReadOnlyList<byte[]> others)
    {
        int place = random.Next(bytes.Length);
        int run = Math.Min(random.Next(1, LongestRun), bytes.Length - place);
        switch (random.Next(10))
        {
            case 0:
                bytes[place] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 1:
                random.NextBytes(bytes.AsSpan(place, run));
                return bytes;
            case 2:
                return bytes[..place];
            case 3:
                return [.. bytes[..place], .. bytes[(place + run)..]];
            case 4:
                byte[] inserted = new byte[run];
                random.NextBytes(inserted);
                return [.. bytes[..place], .. inserted, .. bytes[place..]];
            case 5:
                return [.. bytes[..(place + run)], .. bytes[place..]];
            case 6:
                byte[] other = others[random.Next(others.Count)];
                int from = random.Next(other.Length + 1);
                return [.. bytes[..place], .. other[from..]];
            case 7:
                bytes.AsSpan(place, run).Fill((byte)Extremes[random.Next(5)]);
                return bytes;
            default:
                WriteExtreme(random, bytes, place);
                return bytes;
        }
    }

    /// <summary>Lengths, sizes and counts are where readers go wrong.</summary>
    private static void WriteExtreme(Random random, byte[] bytes, int place)
    {
        uint value = Extremes[random.Next(Extremes.Length)];
        Span<byte> target = bytes.AsSpan(place);
        switch (random.Next(5))
        {
            case 0 when target.Length >= 4:
                BinaryPrimitives.WriteUInt32BigEndian(target, value);
                break;
            case 1 when target.Length >= 4:
                BinaryPrimitives.WriteUInt32LittleEndian(target, value);
                break;
            case 2 when target.Length >= 2:
                BinaryPrimitives.WriteUInt16BigEndian(target, (ushort)value);
                break;
            case 3 when target.Length >= 2:
                BinaryPrimitives.WriteUInt16LittleEndian(target, (ushort)value);
                break;
            default:
                target[0] = (byte)value;
                break;
        }
    }
}
