using System.Text.Json;
using DiTask.Tests;

namespace DiTask.Api.Tests.Predict;

/// <summary>
/// The odd pictures of tests/Fixtures/cases, through the real port: the requests and answers of the specification's serving cases.
/// </summary>
public sealed class ServingCasesTests(RealService service) : IClassFixture<RealService>
{
    [Theory]
    [InlineData("A0-control-garbage-only", "jpg", "image/jpeg")]
    [InlineData("B1-jpeg-sampling-4x2", "jpg", "image/jpeg")]
    [InlineData("B3-jpeg-sampling-3x1", "jpg", "image/jpeg")]
    [InlineData("B5-jpeg-sampling-chroma-finer", "jpg", "image/jpeg")]
    [InlineData("B6-jpeg-cmyk-2x2_1x1_1x1_1x1", "jpg", "image/jpeg")]
    [InlineData("D1-png-empty-eXIf", "png", "image/png")]
    [InlineData("D2-png-1001-tEXt", "png", "image/png")]
    [InlineData("D4-png-iCCP-9MB-inflated", "png", "image/png")]
    [InlineData("F1-bmp-rle8", "bmp", "image/bmp")]
    public async Task Predict_OddButWhole_AnswersWhatTheReferenceGets(string name, string extension, string type)
    {
        byte[] expected = await DepthAsync(Read(name + ".reference.png"), "image/png");

        Assert.Equal(expected, await DepthAsync(Read($"{name}.{extension}"), type));
    }

    [Theory]
    [InlineData("A0-control-cut-only.jpg")]
    [InlineData("A1-jpeg-garbage-then-cut.jpg")]
    public async Task Predict_ScanCutBeforeItsEndMarker_IsUndecodable(string name)
    {
        HttpResponseMessage response = await service.Client.PostAsync("/predict?tasks=depth", Pictures.Raw(Read(name), "image/jpeg"));

        await response.ProblemAsync(422, "image_undecodable");
    }

    [Theory]
    [InlineData("C1-exif-orientation-LONG-le.jpg")]
    [InlineData("C3-exif-orientation-BYTE.jpg")]
    [InlineData("C4-exif-orientation-count-2.jpg")]
    public async Task Predict_OrientationOfAnyIntegerType_TurnsThePicture(string name)
    {
        JsonElement source = (await ImageAsync(name, "image/jpeg")).GetProperty("source");

        Assert.Equal((32, 48), (source.GetProperty("width").GetInt32(), source.GetProperty("height").GetInt32()));
        Assert.Equal(6, source.GetProperty("orientation").GetInt32());
    }

    [Fact]
    public async Task Predict_AnimationWithASmallFirstFrame_IsItsCanvasWithTheWarning()
    {
        JsonElement image = await ImageAsync("E1-webp-animation-sprite.webp", "image/webp");

        JsonElement source = image.GetProperty("source");
        Assert.Equal((64, 64), (source.GetProperty("width").GetInt32(), source.GetProperty("height").GetInt32()));
        Assert.Equal("animation", image.GetProperty("warnings")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task Predict_SidesBeyondTheDecodersLimit_AreRefusedByName()
    {
        HttpResponseMessage response = await service.Client.PostAsync("/predict?tasks=depth", Pictures.Raw(Pictures.Gray(7, 1, 1_000_001)));

        JsonElement problem = await response.ProblemAsync(413, "too_many_pixels");
        Assert.Contains("sides of at most 1000000 pixels", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static byte[] Read(string name) => File.ReadAllBytes(Fixture.Path("cases", name));

    private async Task<byte[]> DepthAsync(byte[] file, string type)
    {
        using HttpRequestMessage request = Answers.Request("/predict?tasks=depth", "application/x-npy", Pictures.Raw(file, type));
        HttpResponseMessage response = await service.Client.SendAsync(request);
        Assert.Equal(200, (int)response.StatusCode);
        return await response.Content.ReadAsByteArrayAsync();
    }

    private async Task<JsonElement> ImageAsync(string name, string type)
    {
        HttpResponseMessage response = await service.Client.PostAsync("/predict?tasks=depth&maps=none", Pictures.Raw(Read(name), type));
        return (await response.JsonAsync()).GetProperty("images")[0];
    }
}
