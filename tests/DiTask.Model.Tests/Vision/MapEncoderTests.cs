using System.Runtime.InteropServices;
using DiTask.Model.Tasks;
using DiTask.Model.Vision;
using DiTask.Tests;

namespace DiTask.Model.Tests.Vision;

public sealed class MapEncoderTests
{
    private static readonly MapOptions Png = new();

    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    public void Encode_DepthAsPng_ValuesComeBackWithinHalfAStep(int bits)
    {
        TaskDecoder depth = Depth([0.41f, 1.7f, 8.01f, 3.2f], 13, 11);
        float[] values = depth.ReadValues();

        EncodedMap map = MapEncoder.Encode(depth, Png with { ScalarBits = bits });

        PngProbe png = PngProbe.Read(map.Bytes.Span);
        double scale = map.Encoding.Scale!.Value, offset = map.Encoding.Offset!.Value;
        Assert.Equal(bits, png.Bits);
        Assert.Equal($"uint{bits}", map.Encoding.DType);
        Assert.Equal(values.Min(), map.Encoding.Min!.Value, 1e-6);
        Assert.Equal(values.Max(), map.Encoding.Max!.Value, 1e-6);
        Assert.Equal(values.Average(), map.Encoding.Statistics.Mean!.Value, 1e-5);
        for (int i = 0; i < values.Length; i++)
        {
            double sample = bits == 8 ? png.Samples[i] : png.Words[i];
            Assert.Equal(values[i], offset + (scale * sample), (scale / 2) + 1e-6);
        }
    }

    [Fact]
    public void Encode_ConstantDepth_HasScaleZeroAndSamplesZero()
    {
        EncodedMap map = MapEncoder.Encode(Depth([2.5f, 2.5f, 2.5f, 2.5f], 4, 4), Png);

        Assert.Equal((0.0, 2.5), (map.Encoding.Scale, map.Encoding.Offset));
        Assert.All(PngProbe.Read(map.Bytes.Span).Words, sample => Assert.Equal(0, sample));
    }

    [Theory]
    [InlineData(float.NaN, 0)]
    [InlineData(float.NegativeInfinity, 0)]
    [InlineData(float.PositiveInfinity, 65535)]
    public void Encode_DepthWithANonFinitePixel_KeepsTheRest(float broken, int sample)
    {
        EncodedMap map = MapEncoder.Encode(Depth([broken, 1, 2, 5], 2, 2), Png);

        ushort[] samples = PngProbe.Read(map.Bytes.Span).Words;
        Assert.Equal((1.0, 5.0), (map.Encoding.Min, map.Encoding.Max));
        Assert.Equal([sample, 0, 16384, 65535], samples.Select(value => (int)value));
    }

    [Fact]
    public void Encode_DepthWithoutFinitePixel_IsAMapOfZeros()
    {
        EncodedMap map = MapEncoder.Encode(Depth([float.NaN, float.NaN, float.NaN, float.NaN], 2, 2), Png);

        Assert.Null(map.Encoding.Min);
        Assert.All(PngProbe.Read(map.Bytes.Span).Words, sample => Assert.Equal(0, sample));
    }

    [Theory]
    [InlineData(8, 255)]
    [InlineData(16, 65535)]
    public void Encode_Saliency_HasTheFixedScaleOfProbabilities(int bits, int steps)
    {
        TaskDecoder saliency = new(TaskCatalog.Describe("sal", 1), new float[] { -100, 0, 0, 100 }, 2, 2, 2, 2);

        EncodedMap map = MapEncoder.Encode(saliency, Png with { ScalarBits = bits });

        PngProbe png = PngProbe.Read(map.Bytes.Span);
        int[] samples = [.. bits == 8 ? png.Samples.Select(value => (int)value) : png.Words.Select(value => (int)value)];
        Assert.Equal((1.0 / steps, 0.0), (map.Encoding.Scale, map.Encoding.Offset));
        Assert.Equal([0, (steps + 1) / 2, (steps + 1) / 2, steps], samples);
        Assert.Equal(0.5, map.Encoding.Statistics.Mean!.Value, 1e-6);
    }

    [Theory]
    [InlineData(8, 255)]
    [InlineData(16, 65535)]
    public void Encode_Normals_AreInterleavedAroundZero(int bits, int steps)
    {
        TaskDecoder normals = new(TaskCatalog.Describe("normals", 3), new float[] { 5, 0, 0, -5, 0, 0 }, 1, 2, 2, 1);

        EncodedMap map = MapEncoder.Encode(normals, Png with { VectorBits = bits });

        PngProbe png = PngProbe.Read(map.Bytes.Span);
        int[] samples = [.. bits == 8 ? png.Samples.Select(value => (int)value) : png.Words.Select(value => (int)value)];
        int zero = (steps + 1) / 2;
        Assert.Equal((2.0 / steps, -1.0, "camera"), (map.Encoding.Scale, map.Encoding.Offset, map.Encoding.Frame));
        Assert.Equal([steps, zero, zero, zero, 0, zero], [samples[0], samples[1], samples[2], samples[3], samples[4], samples[5]]);
    }

    [Fact]
    public void Encode_Labels_ArePixelsAndFractions()
    {
        EncodedMap map = MapEncoder.Encode(Labels([0, 2, 2, 1]), Png);

        PngProbe png = PngProbe.Read(map.Bytes.Span);
        Assert.Equal((0, 8), (png.Color, png.Bits));
        Assert.Equal([0, 2, 2, 1], png.Samples);
        Assert.Equal([0.25, 0.25, 0.5], map.Encoding.Statistics.Fractions!);
        Assert.Null(map.Encoding.Scale);
    }

    [Fact]
    public void Encode_LabelsWithPalette_CarryTheClassColours()
    {
        EncodedMap map = MapEncoder.Encode(Labels([0, 2, 2, 1]), Png with { LabelPalette = true });

        PngProbe png = PngProbe.Read(map.Bytes.Span);
        Assert.Equal(3, png.Color);
        Assert.Equal([0, 2, 2, 1], png.Samples);
        Assert.Equal(
            TaskCatalog.Describe("semseg", 3).Classes.Select(entry => entry.Color),
            png.Palette.Chunk(3).Select(color => $"#{Convert.ToHexString(color)}"));
    }

    [Fact]
    public void Encode_Png_SaysInATextChunkWhatItsSamplesMean()
    {
        EncodedMap map = MapEncoder.Encode(Depth([1, 2, 2, 1], 2, 2), Png);

        string text = PngProbe.Read(map.Bytes.Span).Texts[MapEncoder.TextKey];
        Assert.Equal(map.Encoding.ToString(), text);
        Assert.Equal(FormattableString.Invariant($"kind=scalar, dtype=uint16, scale={1.0 / 65535:R}, offset=1, unit=m"), text);
    }

    [Fact]
    public void Encode_NpyOfNormals_IsHeightWidthChannels()
    {
        TaskDecoder normals = new(TaskCatalog.Describe("normals", 3), new float[] { 3, 0, 4 }, 1, 1, 3, 2);

        Npy npy = Npy.Parse(MapEncoder.Encode(normals, new MapOptions { Format = MapFormat.Npy }).Bytes.ToArray());

        Assert.Equal([2, 3, 3], npy.Shape);
        Assert.Equal("<f4", npy.Descr);
        Assert.All(npy.Singles.Chunk(3), pixel => Assert.Equal([0.6f, 0, 0.8f], pixel));
    }

    [Fact]
    public void Encode_NpyOfLabels_IsUInt8()
    {
        Npy npy = Npy.Parse(MapEncoder.Encode(Labels([0, 2, 2, 1]), new MapOptions { Format = MapFormat.Npy }).Bytes.ToArray());

        Assert.Equal("|u1", npy.Descr);
        Assert.Equal([2, 2], npy.Shape);
        Assert.Equal([0, 2, 2, 1], npy.Bytes);
    }

    [Fact]
    public void Encode_PlainNumbers_HaveNoHeader()
    {
        TaskDecoder depth = Depth([1, 2.5f, 0.1f, 8], 2, 2);

        EncodedMap singles = MapEncoder.Encode(depth, new MapOptions { Format = MapFormat.F32 });
        EncodedMap halves = MapEncoder.Encode(depth, new MapOptions { Format = MapFormat.F16 });

        Assert.Equal([1, 2.5f, 0.1f, 8], MemoryMarshal.Cast<byte, float>(singles.Bytes.Span).ToArray());
        Assert.Equal([(Half)1, (Half)2.5f, (Half)0.1f, (Half)8], MemoryMarshal.Cast<byte, Half>(halves.Bytes.Span).ToArray());
        Assert.Equal(("float32", "float16"), (singles.Encoding.DType, halves.Encoding.DType));
    }

    [Fact]
    public void Encode_None_HasStatisticsOnly()
    {
        EncodedMap map = MapEncoder.Encode(Labels([0, 2, 2, 1]), new MapOptions { Format = MapFormat.None });

        Assert.True(map.Bytes.IsEmpty);
        Assert.Equal([0.25, 0.25, 0.5], map.Encoding.Statistics.Fractions!);
    }

    [Fact]
    public void Encode_TwelveBits_NamesExpectedAndFound() =>
        Assert.Contains(
            "expected 8 or 16; found 12",
            Assert.Throws<ArgumentException>(() => MapEncoder.Encode(Depth([1, 2, 3, 4], 2, 2), Png with { ScalarBits = 12 })).Message,
            StringComparison.Ordinal);

    [Fact]
    public void EncodeScores_TwoEqualLogits_IsHalf()
    {
        TaskDecoder labels = new(TaskCatalog.Describe("semseg", 2), new float[] { 1, 1 }, 1, 1, 2, 2);

        EncodedMap scores = MapEncoder.EncodeScores(labels);

        Assert.Equal(TaskKind.Scalar, scores.Encoding.Kind);
        Assert.Equal(0.5, scores.Encoding.Statistics.Mean!.Value, 1e-6);
        Assert.All(PngProbe.Read(scores.Bytes.Span).Samples, sample => Assert.Equal(128, sample));
    }

    private static TaskDecoder Depth(float[] logits, int width, int height) =>
        new(TaskCatalog.Describe("depth", 1), logits, 2, 2, width, height);

    private static TaskDecoder Labels(byte[] labels)
    {
        float[] logits = new float[3 * 4];
        for (int i = 0; i < 4; i++)
        {
            logits[(labels[i] * 4) + i] = 1;
        }

        return new TaskDecoder(TaskCatalog.Describe("semseg", 3), logits, 2, 2, 2, 2);
    }
}
