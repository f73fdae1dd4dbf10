using DiTask.Model.Data.Folders;

namespace DiTask.Tests.Data;

public sealed class ClassEdgesTests
{
    [Fact]
    public void Of_TwoHalves_IsOneLineOnePixelWide()
    {
        float[] labels = [.. Enumerable.Range(0, 80).Select(i => i % 10 < 5 ? 3f : 8f)];

        float[] edges = ClassEdges.Of(labels, 10, 8);

        // The Laplacian marks both sides of the step; thinning leaves one of them.
        for (int y = 1; y < 7; y++)
        {
            Assert.Equal(1, edges[(y * 10)..((y + 1) * 10)].Sum());
            Assert.Equal(1, edges[(y * 10) + 4] + edges[(y * 10) + 5]);
        }
    }

    [Fact]
    public void Of_OneClass_HasNoEdges() => Assert.All(ClassEdges.Of(Enumerable.Repeat(7f, 30).ToArray(), 6, 5), edge => Assert.Equal(0, edge));

    [Fact]
    public void Thin_Bar_BecomesALineAndStaysConnected()
    {
        // Three rows high, eleven long.
        bool[] pixels = [.. Enumerable.Range(0, 7 * 15).Select(i => i / 15 is >= 2 and <= 4 && i % 15 is >= 2 and <= 12)];

        ClassEdges.Thin(pixels, 15, 7);

        int[] left = [.. Enumerable.Range(0, pixels.Length).Where(i => pixels[i])];
        Assert.All(left, i => Assert.Equal(3, i / 15));
        Assert.Equal(Enumerable.Range(left[0], left.Length), left);
        Assert.InRange(left.Length, 8, 11);
    }

    [Fact]
    public void Thin_SinglePixelsAndLines_StayAsTheyAre()
    {
        bool[] pixels = new bool[49];
        pixels[8] = pixels[24] = pixels[31] = pixels[38] = true;
        bool[] expected = [.. pixels];

        ClassEdges.Thin(pixels, 7, 7);

        Assert.Equal(expected, pixels);
    }
}
