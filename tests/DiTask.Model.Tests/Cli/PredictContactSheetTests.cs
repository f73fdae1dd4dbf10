using DiTask.Cli.Predict;
using DiTask.Model.Inference;
using DiTask.Model.Tasks;
using DiTask.Model.Vision;

namespace DiTask.Model.Tests.Cli;

public sealed class PredictContactSheetTests
{
    [Theory]
    [InlineData(1200, 900)]
    [InlineData(1, 500)]
    [InlineData(3000, 10)]
    public void Draw_AnyAspect_ShowsThePhotoAndEveryMap(int width, int height)
    {
        using RgbImage photo = new(width, height);
        photo.Pixels.Fill(201);

        using RgbImage sheet = ContactSheet.Draw("name", photo, [Map("semseg", 21), Map("depth", 1), Map("normals", 3), Map("sal", 1)], "a notice");

        Assert.InRange(sheet.Width, 240, 4000);
        Assert.InRange(sheet.Height, 320, 4000);
        Assert.True(Count(sheet, [201, 201, 201]) > 30_000, "The photo is missing.");
        Assert.True(Count(sheet, [0x44, 0x01, 0x54]) > 30_000, "The depth map is missing.");
    }

    [Theory]
    [InlineData("semseg human_parts 0123456789 Photo-2.jpg")]
    [InlineData("Füße 写真")]
    public void Write_AnyText_StaysInsideItsMeasure(string text)
    {
        int width = BitmapFont.Measure(text, 2);
        using RgbImage image = new(width + 10, BitmapFont.Height * 2);
        image.Pixels.Clear();

        new Canvas(image).Write(text, 0, 0, 2, 0xFFFFFF);

        Assert.True(Count(image, [255, 255, 255]) > text.Length);
        for (int y = 0; y < image.Height; y++)
        {
            Assert.Equal(-1, image.Row(y)[(3 * width)..].IndexOfAnyExcept((byte)0));
        }
    }

    private static PhotoMap Map(string name, int channels)
    {
        float[] logits = new float[channels * 4];
        return new PhotoMap(TaskCatalog.Describe(name, channels), new TaskLogits(name, [0], channels, 2, 2, logits), 0)
        {
            Statistics = new MapStatistics { Fractions = [1, .. new double[channels - 1]], Min = 0, Mean = 0, Max = 0 },
        };
    }

    private static int Count(RgbImage image, byte[] color)
    {
        int count = 0;
        for (int i = 0; i < image.Pixels.Length; i += 3)
        {
            count += image.Pixels.Slice(i, 3).SequenceEqual(color) ? 1 : 0;
        }

        return count;
    }
}
