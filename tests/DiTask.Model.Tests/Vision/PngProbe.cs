using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace DiTask.Model.Tests.Vision;

/// <summary>A second opinion on PNG files: checks order and CRC of the chunks and undoes the filters None and Up, nothing else.</summary>
internal sealed class PngProbe
{
    private PngProbe(int width, int height, int bits, int color, byte[] palette, Dictionary<string, string> texts, byte[] samples)
    {
        (Width, Height, Bits, Color, Palette, Texts, Samples) = (width, height, bits, color, palette, texts, samples);
    }

    public int Width { get; }

    public int Height { get; }

    public int Bits { get; }

    public int Color { get; }

    public byte[] Palette { get; }

    public Dictionary<string, string> Texts { get; }

    /// <summary>Rows of samples without filters; 16-bit samples are big-endian.</summary>
    public byte[] Samples { get; }

    public ushort[] Words
    {
        get
        {
            ushort[] words = new ushort[Samples.Length / 2];
            for (int i = 0; i < words.Length; i++)
            {
                words[i] = BinaryPrimitives.ReadUInt16BigEndian(Samples.AsSpan(2 * i));
            }

            return words;
        }
    }

    public static PngProbe Read(ReadOnlySpan<byte> file)
    {
        Assert.Equal("89504E470D0A1A0A", Convert.ToHexString(file[..8]));
        List<string> order = [];
        byte[] header = [], palette = [];
        Dictionary<string, string> texts = [];
        using MemoryStream data = new();
        for (int at = 8; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file[at..]);
            ReadOnlySpan<byte> typed = file.Slice(at + 4, length + 4);
            Assert.Equal(BinaryPrimitives.ReadUInt32BigEndian(file[(at + 8 + length)..]), Crc(typed));
            string type = Encoding.ASCII.GetString(typed[..4]);
            order.Add(type);
            byte[] body = typed[4..].ToArray();
            switch (type)
            {
                case "IHDR": header = body; break;
                case "PLTE": palette = body; break;
                case "IDAT": data.Write(body); break;
                case "tEXt":
                    string[] parts = Encoding.Latin1.GetString(body).Split('\0');
                    texts.Add(parts[0], parts[1]);
                    break;
            }

            at += length + 12;
        }

        Assert.Equal("IHDR", order[0]);
        Assert.Equal("IEND", order[^1]);
        int width = BinaryPrimitives.ReadInt32BigEndian(header), height = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4));
        int rowBytes = width * (header[9] == 2 ? 3 : 1) * header[8] / 8;
        data.Position = 0;
        using ZLibStream inflater = new(data, CompressionMode.Decompress);
        byte[] samples = new byte[rowBytes * height];
        for (int y = 0; y < height; y++)
        {
            int filter = inflater.ReadByte();
            inflater.ReadExactly(samples, y * rowBytes, rowBytes);
            Assert.True(filter is 0 or 2);
            for (int x = 0; filter == 2 && y > 0 && x < rowBytes; x++)
            {
                samples[(y * rowBytes) + x] += samples[((y - 1) * rowBytes) + x];
            }
        }

        Assert.Equal(-1, inflater.ReadByte());
        return new PngProbe(width, height, header[8], header[9], palette, texts, samples);
    }

    // Bit by bit, from the definition.
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (0xEDB88320 & (uint)-(int)(crc & 1));
            }
        }

        return ~crc;
    }
}
