using DiTask.Model.Vision;

namespace DiTask.Model.Tests.Vision;

public sealed class PreprocessingTests
{
    private static readonly float[] Mean = [0.485f, 0.456f, 0.406f];
    private static readonly float[] Std = [0.229f, 0.224f, 0.225f];

    [Fact]
    public void Fill_ModelsSize_IsAPureCopy()
    {
        Preprocessing preprocessing = new(2, Mean, Std);
        byte[] pixels = [0, 1, 2, 10, 11, 12, 100, 101, 102, 253, 254, 255];
        float[] slot = new float[12];

        preprocessing.Fill(pixels, 2, 2, slot);

        for (int i = 0; i < 12; i++)
        {
            int channel = i / 4;
            Assert.Equal(((pixels[((i % 4) * 3) + channel] / 255f) - Mean[channel]) / Std[channel], slot[i]);
        }
    }

    [Theory]
    [InlineData(5, 3)]
    [InlineData(400, 300)]
    [InlineData(1, 1)]
    [InlineData(31, 1000)]
    public void Fill_ConstantPhoto_StaysConstantWithinOneGreyLevel(int width, int height)
    {
        Preprocessing preprocessing = new(32, [0, 0, 0], [1, 1, 1]);
        byte[] pixels = new byte[width * height * 3];
        Array.Fill(pixels, (byte)200);
        float[] slot = new float[preprocessing.SlotLength];

        preprocessing.Fill(pixels, width, height, slot);

        // The weights are float32 and add up to 1 within 1e-7; the fraction is cut off, so that 199.99999 becomes 199.
        Assert.All(slot, value => Assert.InRange(value, 199 / 255f, 200 / 255f));
    }

    // Half-way between two pixels the weights are -3/32, 19/32, 19/32, -3/32 (Keys, a = -0.75); the border is repeated.
    [Theory]
    [InlineData(PreprocessMode.Clamp, 0, 255)]
    [InlineData(PreprocessMode.Reference, 256 - 23, 278 - 256)]
    public void Fill_Overshoot_IsClampedOrWraps(PreprocessMode mode, int low, int high)
    {
        Preprocessing preprocessing = new(2, [0, 0, 0], [1, 1, 1], mode);
        float[] slot = new float[12];

        preprocessing.Fill(Gray(0, 0, 255, 255, 0, 0, 255, 255), 4, 2, slot);

        // 255 * -3/32 = -23.9 and 255 * 35/32 = 278.9, without their fractions.
        Assert.Equal(low / 255f, slot[0], 1e-6);
        Assert.Equal(high / 255f, slot[1], 1e-6);
    }

    [Fact]
    public void Fill_WrongSlot_NamesExpectedAndFound()
    {
        Preprocessing preprocessing = new(4, Mean, Std);

        ArgumentException exception = Assert.Throws<ArgumentException>(() => preprocessing.Fill(new byte[12], 2, 2, new float[47]));

        Assert.Contains("48", exception.Message, StringComparison.Ordinal);
        Assert.Contains("47", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fill_WrongPixelCount_Throws() =>
        Assert.Throws<ArgumentException>(() => new Preprocessing(4, Mean, Std).Fill(new byte[11], 2, 2, new float[48]));

    [Fact]
    public void Constructor_ZeroDeviation_Throws() =>
        Assert.Throws<ArgumentException>(() => new Preprocessing(4, Mean, [1, 0, 1]));

    [Fact]
    public void Fill_Always_AllocatesNothingPerPixel()
    {
        Preprocessing preprocessing = new(64, Mean, Std);
        byte[] pixels = new byte[1000 * 800 * 3];
        float[] slot = new float[preprocessing.SlotLength];
        preprocessing.Fill(pixels, 1000, 800, slot);
        long before = GC.GetAllocatedBytesForCurrentThread();

        preprocessing.Fill(pixels, 1000, 800, slot);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000);
    }

    private static byte[] Gray(params byte[] values) => [.. values.SelectMany(value => new[] { value, value, value })];
}
