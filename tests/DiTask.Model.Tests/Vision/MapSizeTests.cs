using DiTask.Model.Vision;

namespace DiTask.Model.Tests.Vision;

public sealed class MapSizeTests
{
    [Theory]
    [InlineData("model", 448, 448)]
    [InlineData("source", 1024, 768)]
    [InlineData("640x480", 640, 480)]
    [InlineData("1x1", 1, 1)]
    public void Resolve_EachChoice_IsItsSize(string text, int width, int height)
    {
        Assert.True(MapSize.TryParse(text, out MapSize size));

        Assert.Equal((width, height), size.Resolve(448, 1024, 768));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Model")]
    [InlineData("640")]
    [InlineData("0x480")]
    [InlineData("640x-1")]
    [InlineData("640x480x3")]
    [InlineData("70000x2")]
    [InlineData(" 640x480")]
    public void TryParse_AnythingElse_IsFalse(string? text) => Assert.False(MapSize.TryParse(text, out _));
}
