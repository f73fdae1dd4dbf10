using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace DiTask.Model.Vision;

/// <summary>Turns a row of planar values into interleaved samples.</summary>
internal sealed class SampleWriter
{
    private readonly int width;
    private readonly int channels;
    private readonly double offset;
    private readonly double inverseScale;

    /// <summary>A writer of rows.</summary>
    /// <param name="width">Columns.</param>
    /// <param name="channels">Planes of a row.</param>
    /// <param name="dtype">uint8, uint16 (big-endian), float16 or float32 (little-endian).</param>
    /// <param name="scale">Value of one step of a whole number; 0 where all values are the same.</param>
    /// <param name="offset">Value of the whole number 0.</param>
    public SampleWriter(int width, int channels, string dtype, double scale, double offset)
    {
        this.width = width;
        this.channels = channels;
        this.offset = offset;
        inverseScale = scale == 0 ? 0 : 1 / scale;
        DType = dtype;
        Row = new byte[checked(width * channels * BytesOf(dtype))];
    }

    public string DType { get; }

    /// <summary>The samples written last.</summary>
    public byte[] Row { get; }

    public static int BytesOf(string dtype) => dtype switch
    {
        "uint8" => 1,
        "uint16" or "float16" => 2,
        "float32" => 4,
        _ => throw new ArgumentException($"Unknown sample type '{dtype}'.", nameof(dtype)),
    };

    /// <summary>Fills <see cref="Row"/> from [channels, width].</summary>
    public void Write(ReadOnlySpan<float> values)
    {
        for (int channel = 0; channel < channels; channel++)
        {
            ReadOnlySpan<float> plane = values.Slice(channel * width, width);
            switch (DType)
            {
                case "uint8":
                    for (int x = 0; x < width; x++)
                    {
                        Row[(x * channels) + channel] = (byte)Quantise(plane[x], byte.MaxValue);
                    }

                    break;
                case "uint16":
                    Span<ushort> words = MemoryMarshal.Cast<byte, ushort>(Row.AsSpan());
                    for (int x = 0; x < width; x++)
                    {
                        words[(x * channels) + channel] = BinaryPrimitives.ReverseEndianness((ushort)Quantise(plane[x], ushort.MaxValue));
                    }

                    break;
                case "float16":
                    Span<Half> halves = MemoryMarshal.Cast<byte, Half>(Row.AsSpan());
                    for (int x = 0; x < width; x++)
                    {
                        halves[(x * channels) + channel] = (Half)plane[x];
                    }

                    break;
                default:
                    Span<float> singles = MemoryMarshal.Cast<byte, float>(Row.AsSpan());
                    for (int x = 0; x < width; x++)
                    {
                        singles[(x * channels) + channel] = plane[x];
                    }

                    break;
            }
        }
    }

    // NaN compares false and becomes 0: a broken pixel must not stop a map.
    private int Quantise(float value, int largest)
    {
        double sample = ((value - offset) * inverseScale) + 0.5;
        return sample > 0 ? (int)Math.Min(sample, largest) : 0;
    }
}
