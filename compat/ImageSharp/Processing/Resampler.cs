using System.Numerics;
using System.Runtime.InteropServices;
using SixLabors.ImageSharp.Memory;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp.Processing;

/// <summary>Scaling to <see cref="Formats.DecoderOptions.TargetSize"/>: the original's default, a separable box filter.</summary>
internal static class Resampler
{
    /// <summary>Replaces the buffer by a scaled one, unless there is no target or, as in the original, one side already has its length.</summary>
    public static void FitToTarget<TPixel>(ref PixelBuffer<TPixel> pixels, Size? target)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        if (target is not { } box || box.Width == pixels.Size.Width || box.Height == pixels.Size.Height)
        {
            return;
        }

        PixelBuffer<TPixel> scaled = new(Fit(pixels.Size, box));
        switch (PixelConversion.LayoutOf<TPixel>())
        {
            case PixelLayout.L8:
                Resize<byte>(pixels.Bytes, pixels.Size, scaled.Bytes, scaled.Size, 1);
                break;
            case PixelLayout.Rgb24:
                Resize<byte>(pixels.Bytes, pixels.Size, scaled.Bytes, scaled.Size, 3);
                break;
            case PixelLayout.L16:
                Resize<ushort>(pixels.Bytes, pixels.Size, scaled.Bytes, scaled.Size, 1);
                break;
            default:
                Resize<ushort>(pixels.Bytes, pixels.Size, scaled.Bytes, scaled.Size, 3);
                break;
        }

        pixels.Dispose();
        pixels = scaled;
    }

    /// <summary>The largest size with the aspect of the source inside the box; a side of 0 follows from the other.</summary>
    private static Size Fit(Size source, Size box)
    {
        if (box.Width < 0 || box.Height < 0 || box.IsEmpty)
        {
            throw new ArgumentException($"Target size {box.Width}x{box.Height} must be greater than zero.", nameof(box));
        }

        float byWidth = box.Width == 0 ? float.PositiveInfinity : box.Width / (float)source.Width;
        float byHeight = box.Height == 0 ? float.PositiveInfinity : box.Height / (float)source.Height;
        return byWidth < byHeight
            ? new Size(box.Width, Math.Max(1, (int)MathF.Round(source.Height * byWidth)))
            : new Size(Math.Max(1, (int)MathF.Round(source.Width * byHeight)), box.Height);
    }

    private static void Resize<TSample>(ReadOnlySpan<byte> source, Size from, Span<byte> destination, Size to, int channels)
        where TSample : unmanaged, IBinaryInteger<TSample>
    {
        ReadOnlySpan<TSample> input = MemoryMarshal.Cast<byte, TSample>(source);
        Span<TSample> output = MemoryMarshal.Cast<byte, TSample>(destination);
        BoxKernel[] columns = BoxKernel.Compute(from.Width, to.Width);
        BoxKernel[] rows = BoxKernel.Compute(from.Height, to.Height);
        float[] sums = new float[from.Width * channels];
        for (int y = 0; y < to.Height; y++)
        {
            BoxKernel row = rows[y];
            Array.Clear(sums);
            for (int j = row.First; j <= row.Last; j++)
            {
                ReadOnlySpan<TSample> line = input.Slice(j * sums.Length, sums.Length);
                for (int i = 0; i < line.Length; i++)
                {
                    sums[i] += float.CreateTruncating(line[i]);
                }
            }

            WriteRow(sums, row.Weight, columns, channels, output.Slice(y * to.Width * channels, to.Width * channels));
        }
    }

    private static void WriteRow<TSample>(ReadOnlySpan<float> sums, float rowWeight, BoxKernel[] columns, int channels, Span<TSample> output)
        where TSample : unmanaged, IBinaryInteger<TSample>
    {
        for (int x = 0; x < columns.Length; x++)
        {
            BoxKernel column = columns[x];
            float weight = rowWeight * column.Weight;
            for (int channel = 0; channel < channels; channel++)
            {
                float sum = 0;
                for (int j = column.First; j <= column.Last; j++)
                {
                    sum += sums[(j * channels) + channel];
                }

                output[(x * channels) + channel] = TSample.CreateSaturating((sum * weight) + .5F);
            }
        }
    }
}
