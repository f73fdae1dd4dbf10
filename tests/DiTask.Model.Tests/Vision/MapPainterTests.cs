using DiTask.Model.Tasks;
using DiTask.Model.Vision;

namespace DiTask.Model.Tests.Vision;

public sealed class MapPainterTests
{
    [Fact]
    public void Paint_Labels_HasThePalette()
    {
        TaskDecoder person = Pascal(15);

        using RgbImage picture = MapPainter.Paint(person);

        Assert.All(picture.Pixels.ToArray().Chunk(3), pixel => Assert.Equal([0xC0, 0x80, 0x80], pixel));
    }

    [Fact]
    public void Paint_OverPhoto_BlendsByAlpha()
    {
        using RgbImage photo = Solid(4, 4, 100);

        using RgbImage picture = MapPainter.Paint(Pascal(15), photo, 0.5);

        Assert.All(picture.Pixels.ToArray().Chunk(3), pixel => Assert.Equal([146, 114, 114], pixel));
    }

    [Fact]
    public void Paint_BackgroundOverPhoto_LeavesThePhoto()
    {
        using RgbImage photo = Solid(4, 4, 100);

        using RgbImage picture = MapPainter.Paint(Pascal(0), photo, 0.5);

        Assert.All(picture.Pixels.ToArray(), value => Assert.Equal(100, value));
    }

    [Fact]
    public void Paint_Depth_RunsFromVioletToYellow()
    {
        TaskDecoder depth = new(TaskCatalog.Describe("depth", 1), new float[] { 1, 9 }, 1, 2, 2, 1);

        using RgbImage picture = MapPainter.Paint(depth);

        Assert.Equal([0x44, 0x01, 0x54, 0xFD, 0xE7, 0x25], picture.Pixels.ToArray());
    }

    [Fact]
    public void Paint_ConstantDepth_DoesNotDivideByZero()
    {
        TaskDecoder depth = new(TaskCatalog.Describe("depth", 1), new float[] { 3 }, 1, 1, 1, 1);

        using RgbImage picture = MapPainter.Paint(depth);

        Assert.Equal([0x44, 0x01, 0x54], picture.Pixels.ToArray());
    }

    [Fact]
    public void Paint_Normals_AreShiftedToColours()
    {
        TaskDecoder normals = new(TaskCatalog.Describe("normals", 3), new float[] { 0, 0, 7 }, 1, 1, 1, 1);

        using RgbImage picture = MapPainter.Paint(normals);

        Assert.Equal([128, 128, 255], picture.Pixels.ToArray());
    }

    [Fact]
    public void Paint_AlphaOutsideRange_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => MapPainter.Paint(Pascal(0), null, 1.5));

    [Theory]
    [InlineData(64, 48)]
    [InlineData(7, 5)]
    [InlineData(1, 1)]
    public void Resize_ConstantPhoto_StaysConstant(int width, int height)
    {
        using RgbImage photo = Solid(31, 17, 77);

        using RgbImage resized = RgbResampler.Resize(photo, width, height);

        Assert.Equal((width, height), (resized.Width, resized.Height));
        Assert.All(resized.Pixels.ToArray(), value => Assert.Equal(77, value));
    }

    [Fact]
    public void Pixels_AfterDispose_Throws()
    {
        RgbImage image = new(2, 2);
        image.Dispose();

        Assert.Throws<ObjectDisposedException>(() => image.Pixels.Length);
        image.Dispose();
    }

    private static TaskDecoder Pascal(int label)
    {
        float[] logits = new float[21];
        logits[label] = 1;
        return new TaskDecoder(TaskCatalog.Describe("semseg", 21), logits, 1, 1, 4, 4);
    }

    private static RgbImage Solid(int width, int height, byte value)
    {
        RgbImage image = new(width, height);
        image.Pixels.Fill(value);
        return image;
    }
}
