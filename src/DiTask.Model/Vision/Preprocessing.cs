using System.Buffers;
using System.Numerics;

namespace DiTask.Model.Vision;

/// <summary>A photo to the normalised square that a model reads.</summary>
/// <remarks>
/// The photo is stretched to the square (aspect not kept) by a cubic resize, clamped and cut to whole grey levels, divided by 255, then
/// (value - mean) / std per channel. A photo that has the model's size already is not resized. Thread-safe.
/// <para><b>Source:</b> data/mtl_ds.py and data/custom_transforms.py @7541c55, validation transforms.</para>
/// </remarks>
public sealed class Preprocessing
{
    private const int Channels = 3;

    private readonly PreprocessMode mode;
    private readonly float[] levels;

    /// <summary>Preprocessing of one model.</summary>
    /// <param name="size">Side of the square in pixels.</param>
    /// <param name="mean">Mean of R, G, B in [0, 1].</param>
    /// <param name="std">Standard deviation of R, G, B in [0, 1].</param>
    /// <param name="mode">What becomes of overshoots.</param>
    /// <exception cref="ArgumentException">Not three means or deviations, or a deviation that is not positive.</exception>
    public Preprocessing(int size, IReadOnlyList<float> mean, IReadOnlyList<float> std, PreprocessMode mode = PreprocessMode.Clamp)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(std);
        if (mean.Count != Channels || std.Count != Channels || std.Any(value => !(value > 0)))
        {
            throw new ArgumentException(
                $"Expected 3 means and 3 positive deviations; found [{string.Join(", ", mean)}] and [{string.Join(", ", std)}].", nameof(std));
        }

        Size = size;
        this.mode = mode;
        levels = new float[Channels * 256];
        for (int i = 0; i < levels.Length; i++)
        {
            levels[i] = ((i % 256 / 255f) - mean[i / 256]) / std[i / 256];
        }
    }

    /// <summary>Means of ImageNet, which the authors' data loader subtracts. Reference specification 7.</summary>
    public static IReadOnlyList<float> ImageNetMean { get; } = [0.485f, 0.456f, 0.406f];

    /// <summary>Standard deviations of ImageNet, which the authors' data loader divides by. Reference specification 7.</summary>
    public static IReadOnlyList<float> ImageNetStd { get; } = [0.229f, 0.224f, 0.225f];

    /// <summary>Side of the square in pixels.</summary>
    public int Size { get; }

    /// <summary>Values of one slot: 3 * Size * Size.</summary>
    public int SlotLength => Channels * Size * Size;

    /// <summary>Fills a slot with <paramref name="image"/>.</summary>
    /// <param name="image">Any size.</param>
    /// <param name="slot">[3, Size, Size].</param>
    /// <exception cref="ArgumentException">The slot has another length.</exception>
    public void Fill(RgbImage image, Span<float> slot)
    {
        ArgumentNullException.ThrowIfNull(image);
        Fill(image.Pixels, image.Width, image.Height, slot);
    }

    /// <summary>Fills a slot with pixels.</summary>
    /// <param name="pixels">[height, width, 3].</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="slot">[3, Size, Size].</param>
    /// <exception cref="ArgumentException">The pixels or the slot have another length.</exception>
    public void Fill(ReadOnlySpan<byte> pixels, int width, int height, Span<float> slot)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (pixels.Length != (long)width * height * Channels)
        {
            throw new ArgumentException($"Expected {width}x{height}x3 bytes; found {pixels.Length}.", nameof(pixels));
        }

        if (slot.Length != SlotLength)
        {
            throw new ArgumentException($"Expected a slot of {SlotLength} values; found {slot.Length}.", nameof(slot));
        }

        if (width == Size && height == Size)
        {
            Copy(pixels, slot);
        }
        else
        {
            Resize(pixels, width, height, slot);
        }
    }

    private void Copy(ReadOnlySpan<byte> pixels, Span<float> slot)
    {
        int plane = Size * Size;
        Span<float> red = slot[..plane], green = slot.Slice(plane, plane), blue = slot.Slice(2 * plane, plane);
        for (int i = 0; i < plane; i++)
        {
            red[i] = levels[pixels[3 * i]];
            green[i] = levels[256 + pixels[(3 * i) + 1]];
            blue[i] = levels[512 + pixels[(3 * i) + 2]];
        }
    }

    // Only the source rows that some output row reads are resized across; four of them are kept, so that an enlargement does each once.
    private void Resize(ReadOnlySpan<byte> pixels, int width, int height, Span<float> slot)
    {
        var across = new CubicTaps(width, Size);
        var down = new CubicTaps(height, Size);
        int rowLength = Channels * Size;
        double[] rented = ArrayPool<double>.Shared.Rent(5 * rowLength);
        try
        {
            Span<double> sum = rented.AsSpan(4 * rowLength, rowLength);
            Span<int> kept = [-1, -1, -1, -1];
            for (int y = 0; y < Size; y++)
            {
                for (int tap = 0; tap < 4; tap++)
                {
                    int row = down.Indices[(y * 4) + tap];
                    Span<double> place = rented.AsSpan((row & 3) * rowLength, rowLength);
                    if (kept[row & 3] != row)
                    {
                        ResizeRow(pixels.Slice(row * width * Channels, width * Channels), across, place);
                        kept[row & 3] = row;
                    }

                    Accumulate(place, down.Weights[(y * 4) + tap], sum, first: tap == 0);
                }

                for (int channel = 0; channel < Channels; channel++)
                {
                    Normalise(sum.Slice(channel * Size, Size), channel, slot.Slice((channel * Size * Size) + (y * Size), Size));
                }
            }
        }
        finally
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    private void ResizeRow(ReadOnlySpan<byte> row, CubicTaps taps, Span<double> planes)
    {
        Span<double> red = planes[..Size], green = planes.Slice(Size, Size), blue = planes.Slice(2 * Size, Size);
        for (int x = 0; x < Size; x++)
        {
            ReadOnlySpan<int> index = taps.Indices.AsSpan(4 * x, 4);
            ReadOnlySpan<double> weight = taps.Weights.AsSpan(4 * x, 4);
            ReadOnlySpan<byte> p0 = row.Slice(index[0] * 3, 3), p1 = row.Slice(index[1] * 3, 3), p2 = row.Slice(index[2] * 3, 3), p3 = row.Slice(index[3] * 3, 3);
            red[x] = (p0[0] * weight[0]) + (p1[0] * weight[1]) + (p2[0] * weight[2]) + (p3[0] * weight[3]);
            green[x] = (p0[1] * weight[0]) + (p1[1] * weight[1]) + (p2[1] * weight[2]) + (p3[1] * weight[3]);
            blue[x] = (p0[2] * weight[0]) + (p1[2] * weight[1]) + (p2[2] * weight[2]) + (p3[2] * weight[3]);
        }
    }

    private static void Accumulate(ReadOnlySpan<double> row, double weight, Span<double> sum, bool first)
    {
        int i = 0;
        for (; i <= row.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            Vector<double> product = new Vector<double>(row[i..]) * weight;
            (first ? product : new Vector<double>(sum[i..]) + product).CopyTo(sum[i..]);
        }

        for (; i < row.Length; i++)
        {
            double product = row[i] * weight;
            sum[i] = first ? product : sum[i] + product;
        }
    }

    /// <summary>Resized grey levels of a channel to what the model reads.</summary>
    internal void Normalise(ReadOnlySpan<double> values, int channel, Span<float> row)
    {
        ReadOnlySpan<float> level = levels.AsSpan(channel * 256, 256);
        bool wrap = mode == PreprocessMode.Reference;
        for (int x = 0; x < values.Length; x++)
        {
            int value = (int)values[x];
            row[x] = level[wrap ? value & 255 : Math.Clamp(value, 0, 255)];
        }
    }
}
