using DiTask.Model.Tasks;

namespace DiTask.Model.Vision;

/// <summary>Writes maps as PNG, npy or plain numbers, row by row.</summary>
/// <remarks>
/// A sample p of a whole-number PNG means offset + scale * p. Probabilities have offset 0 and scale 1/255 or 1/65535; metres have the map's own
/// range, so that 16 bits keep 1/65535 of it; the components of a vector have offset -1 and scale 2/255 or 2/65535. A constant map of metres
/// has scale 0 and samples 0.
/// </remarks>
public static class MapEncoder
{
    /// <summary>Key of the PNG text chunk that holds <see cref="MapEncoding.ToString"/>.</summary>
    public const string TextKey = "X-Map";

    private delegate void RowSink(ReadOnlySpan<byte> row);

    /// <summary>Encodes a map.</summary>
    /// <exception cref="ArgumentException">Bits other than 8 and 16.</exception>
    public static EncodedMap Encode(TaskDecoder map, MapOptions options)
    {
        using MemoryStream stream = new();
        MapEncoding encoding = Write(stream, map, options);
        return new EncodedMap(encoding, stream.GetBuffer().AsMemory(0, (int)stream.Length));
    }

    /// <summary>Writes a map to a stream.</summary>
    /// <exception cref="ArgumentException">Bits other than 8 and 16.</exception>
    public static MapEncoding Write(Stream output, TaskDecoder map, MapOptions options)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(options);
        RequireBits(nameof(options.ScalarBits), options.ScalarBits);
        RequireBits(nameof(options.VectorBits), options.VectorBits);
        return map.Task.Kind == TaskKind.Labels ? WriteLabels(output, map, options) : WriteValues(output, map, options);
    }

    /// <summary>Encodes the softmax probability of each pixel's label as 8-bit gray PNG.</summary>
    /// <exception cref="InvalidOperationException">The task is not a label task.</exception>
    public static EncodedMap EncodeScores(TaskDecoder map)
    {
        ArgumentNullException.ThrowIfNull(map);
        byte[] labels = new byte[map.Width];
        float[] scores = new float[map.Width];
        MapEncoding encoding = Describe(map, "uint8", 1, MapFormat.Png) with { Kind = TaskKind.Scalar, Scale = 1.0 / byte.MaxValue, Offset = 0 };
        StatisticsCollector collector = new();
        SampleWriter samples = new(map.Width, 1, encoding.DType, 1.0 / byte.MaxValue, 0);
        using MemoryStream stream = new();
        using PngWriter png = new(stream, map.Width, map.Height, PngColor.Gray, 8);
        png.WriteText(TextKey, encoding.ToString());
        for (int y = 0; y < map.Height; y++)
        {
            map.ReadLabels(y, labels, scores);
            collector.Add(scores);
            samples.Write(scores);
            png.WriteRow(samples.Row);
        }

        png.Finish();
        return new EncodedMap(encoding with { Statistics = collector.Scalars() }, stream.GetBuffer().AsMemory(0, (int)stream.Length));
    }

    /// <summary>Writes a colour picture for an answer as PNG, row by row. Pictures for files: <see cref="PictureWriter"/>.</summary>
    public static void WriteRgb(Stream output, RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(image);
        using PngWriter png = new(output, image.Width, image.Height, PngColor.Rgb, 8);
        for (int y = 0; y < image.Height; y++)
        {
            png.WriteRow(image.Row(y));
        }

        png.Finish();
    }

    private static MapEncoding WriteLabels(Stream output, TaskDecoder map, MapOptions options)
    {
        byte[] row = new byte[map.Width];
        StatisticsCollector collector = new();
        MapEncoding encoding = Describe(map, "uint8", 1, options.Format);
        PngColor color = options.LabelPalette ? PngColor.Indexed : PngColor.Gray;
        ReadOnlySpan<byte> palette = options.LabelPalette ? Palette.Of(map.Task) : default;
        using PngWriter? png = Start(output, encoding, options.Format, color, 8, palette);
        RowSink sink = Sink(output, png, options.Format);
        for (int y = 0; y < map.Height; y++)
        {
            map.ReadLabels(y, row);
            collector.Add(row);
            sink(row);
        }

        png?.Finish();
        return encoding with { Statistics = collector.Labels(map.Task.Channels) };
    }

    private static MapEncoding WriteValues(Stream output, TaskDecoder map, MapOptions options)
    {
        TaskInfo task = map.Task;
        int bits = task.Kind == TaskKind.Scalar ? options.ScalarBits : options.VectorBits;
        bool whole = options.Format == MapFormat.Png;
        string dtype = whole ? $"uint{bits}" : options.Format == MapFormat.F16 ? "float16" : "float32";
        // Only metres in whole numbers need the map's extremes before its first row is written.
        MapStatistics? extremes = whole && task is { Kind: TaskKind.Scalar, Activation: TaskActivation.None } ? StatisticsCollector.OfScalars(map) : null;
        (double scale, double offset) = Range(task, extremes, bits);
        MapEncoding encoding = Describe(map, dtype, task.Channels, options.Format) with
        {
            Scale = whole ? scale : null, Offset = whole ? offset : null,
        };
        StatisticsCollector collector = new();
        float[] values = new float[task.Channels * map.Width];
        SampleWriter samples = new(map.Width, task.Channels, dtype, scale, offset);
        using PngWriter? png = Start(output, encoding, options.Format, task.Channels == 1 ? PngColor.Gray : PngColor.Rgb, bits, default);
        RowSink sink = Sink(output, png, options.Format);
        for (int y = 0; y < map.Height; y++)
        {
            map.ReadValues(y, values);
            if (task.Kind == TaskKind.Scalar)
            {
                collector.Add(values);
            }

            samples.Write(values);
            sink(samples.Row);
        }

        png?.Finish();
        return encoding with { Statistics = collector.Scalars() };
    }

    // A range is kept in float64 of the map's own extremes, so that both ends come back exactly.
    private static (double Scale, double Offset) Range(TaskInfo task, MapStatistics? extremes, int bits)
    {
        double steps = (1 << bits) - 1;
        return task switch
        {
            { Kind: TaskKind.Vector } => (2 / steps, -1),
            { Activation: TaskActivation.Sigmoid } => (1 / steps, 0),
            _ => (((extremes?.Max ?? 0) - (extremes?.Min ?? 0)) / steps, extremes?.Min ?? 0),
        };
    }

    private static MapEncoding Describe(TaskDecoder map, string dtype, int channels, MapFormat format) => new()
    {
        Kind = map.Task.Kind,
        DType = dtype,
        Channels = channels,
        Width = map.Width,
        Height = map.Height,
        MediaType = format switch
        {
            MapFormat.Png => "image/png",
            MapFormat.Npy => "application/x-npy",
            _ => "application/octet-stream",
        },
        Unit = map.Task.Unit,
        Frame = map.Task.Frame,
        Statistics = new MapStatistics(),
    };

    private static PngWriter? Start(
        Stream output, MapEncoding encoding, MapFormat format, PngColor color, int bits, ReadOnlySpan<byte> palette)
    {
        if (format == MapFormat.Npy)
        {
            int[] shape = encoding.Channels == 1 ? [encoding.Height, encoding.Width] : [encoding.Height, encoding.Width, encoding.Channels];
            NpyFile.WriteHeader(output, encoding.DType == "uint8" ? NpyFile.ByteDescr : NpyFile.SingleDescr, shape);
        }

        if (format != MapFormat.Png)
        {
            return null;
        }

        PngWriter png = new(output, encoding.Width, encoding.Height, color, bits, palette, labels: encoding.Kind == TaskKind.Labels);
        png.WriteText(TextKey, encoding.ToString());
        return png;
    }

    private static RowSink Sink(Stream output, PngWriter? png, MapFormat format) =>
        png is not null ? png.WriteRow : format == MapFormat.None ? static _ => { } : output.Write;

    private static void RequireBits(string name, int bits)
    {
        if (bits is not (8 or 16))
        {
            throw new ArgumentException($"{name}: expected 8 or 16; found {bits}.", name);
        }
    }
}
