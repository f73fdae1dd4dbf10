namespace DiTask.Synth.Shading;

/// <summary>Integer hashes and the smooth noise made of them.</summary>
internal static class Noise
{
    /// <summary>A well mixed function of four numbers.</summary>
    public static uint Hash(int x, int y, int z, uint key = 0)
    {
        uint h = unchecked(((uint)x * 0x8DA6B343) ^ ((uint)y * 0xD8163841) ^ ((uint)z * 0xCB1AB31F) ^ (key * 0x9E3779B9));
        h = unchecked((h ^ (h >> 15)) * 0x2C1B3C6D);
        h = unchecked((h ^ (h >> 12)) * 0x297A2D39);
        return h ^ (h >> 15);
    }

    /// <summary>Uniform in [0, 1) from a hash.</summary>
    public static float Unit(uint hash) => (hash >> 8) * (1f / (1 << 24));

    /// <summary>Value noise in [0, 1].</summary>
    public static float Value(double x, double y, double z)
    {
        double fx = Math.Floor(x), fy = Math.Floor(y), fz = Math.Floor(z);
        int ix = (int)fx, iy = (int)fy, iz = (int)fz;
        float u = Smooth((float)(x - fx)), v = Smooth((float)(y - fy)), w = Smooth((float)(z - fz));
        float low = Bilinear(ix, iy, iz, u, v), high = Bilinear(ix, iy, iz + 1, u, v);
        return low + (w * (high - low));
    }

    /// <summary>Value noise of three octaves in [0, 1].</summary>
    public static float Clouds(double x, double y, double z) =>
        (0.57f * Value(x, y, z)) + (0.29f * Value((2 * x) + 17, (2 * y) + 5, (2 * z) + 31)) + (0.14f * Value((4 * x) + 3, (4 * y) + 47, (4 * z) + 11));

    private static float Bilinear(int x, int y, int z, float u, float v)
    {
        float a = Unit(Hash(x, y, z)), b = Unit(Hash(x + 1, y, z)), c = Unit(Hash(x, y + 1, z)), d = Unit(Hash(x + 1, y + 1, z));
        float low = a + (u * (b - a)), high = c + (u * (d - c));
        return low + (v * (high - low));
    }

    private static float Smooth(float t) => t * t * (3 - (2 * t));
}
