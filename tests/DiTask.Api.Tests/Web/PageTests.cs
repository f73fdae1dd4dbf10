using System.Runtime.InteropServices;
using System.Text.Json;
using DiTask.Tests;
using Microsoft.Playwright;

namespace DiTask.Api.Tests.Web;

/// <summary>The page in a real browser, over the bundled model.</summary>
public sealed class PageTests(RealService service, Browser browser) : IClassFixture<RealService>, IClassFixture<Browser>
{
    private const string Size = "512x384";

    private static readonly string[] Tasks = ["semseg", "normals", "sal", "depth"];
    private static readonly string Photo = Path.Combine(Fixture.Repository, "tests", "Fixtures", "photos", "village.jpg");

    [FactWith(Tools.Browser)]
    public async Task Upload_Sample_ReadsOnAllMapsTheValuesOfTheService()
    {
        (IPage page, List<string> complaints) = await OpenAsync();
        await page.SetInputFilesAsync("#file", Photo);
        await page.Locator(".card canvas[role=img]").Nth(3).WaitForAsync();

        await page.Locator(".card[data-map=depth] .stage").HoverAsync(new() { Position = new() { X = 171, Y = 93 } });

        string[] cards = await page.Locator("#maps .card").EvaluateAllAsync<string[]>("cards => cards.map(card => card.dataset.map)");
        Assert.Equal(["input", .. Tasks], cards);
        JsonElement maps = await PredictAsync();
        foreach (string task in Tasks)
        {
            ILocator value = page.Locator($"output[data-map={task}]");
            int[] pixel = JsonSerializer.Deserialize<int[]>((await value.GetAttributeAsync("data-pixel"))!)!;
            double[] shown = JsonSerializer.Deserialize<double[]>((await value.GetAttributeAsync("data-value"))!)!;
            Assert.True(pixel[0] > 0 && pixel[1] > 0, $"{task}: the pointer is at {pixel[0]}, {pixel[1]}.");
            Assert.Equal(Values(maps.GetProperty(task), pixel[0], pixel[1]), shown);
            Assert.NotEmpty((await value.TextContentAsync())!);
        }

        Assert.EndsWith(" m", await page.Locator("output[data-map=depth]").TextContentAsync(), StringComparison.Ordinal);
        Assert.Empty(complaints);
        await page.CloseAsync();
    }

    [FactWith(Tools.Browser)]
    public async Task Sample_Chosen_ShowsNoticeTimingsAndTheSameAsCurl()
    {
        (IPage page, List<string> complaints) = await OpenAsync();

        await page.Locator(".chip", new() { HasText = "Saliency" }).ClickAsync();
        await page.Locator(".sample").ClickAsync();
        await page.Locator("#after").WaitForAsync();

        Assert.Equal(3, await page.Locator(".card canvas[role=img]").CountAsync());
        Assert.StartsWith("Untrained", await page.Locator("#notice").TextContentAsync(), StringComparison.Ordinal);
        Assert.Equal("ditask-microversion 1CPU", await page.Locator("#model").TextContentAsync());
        Assert.Contains("ms in the service", await page.Locator("#timing").TextContentAsync(), StringComparison.Ordinal);
        Assert.Equal(
            $"curl -sS {service.Client.BaseAddress}predict -F image=@village.jpg -F tasks=semseg,normals,depth -F size={Size} -F maps=f32 -o answer.json",
            (await page.Locator("#curl").TextContentAsync())!.Replace(" \\\n ", "", StringComparison.Ordinal));
        Assert.Contains("3 maps are ready", await page.Locator("#status").TextContentAsync(), StringComparison.Ordinal);
        Assert.Empty(complaints);
        await page.CloseAsync();
    }

    [FactWith(Tools.Browser)]
    public async Task Keyboard_ArrowsOnAMap_MoveThePointOnAllAndSayTheValues()
    {
        (IPage page, _) = await OpenAsync();
        await page.Locator(".sample").ClickAsync();
        await page.Locator(".card canvas[role=img]").Nth(3).WaitForAsync();

        await page.Locator(".card[data-map=normals] .stage").FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("Shift+ArrowDown");

        Assert.Equal("[261,230]", await page.Locator("output[data-map=depth]").GetAttributeAsync("data-pixel"));
        Assert.Contains("Depth: ", await page.Locator("#status").TextContentAsync(), StringComparison.Ordinal);
        await page.CloseAsync();
    }

    [FactWith(Tools.Browser)]
    public async Task Slider_Half_LaysTheMapsOverTheImage()
    {
        (IPage page, _) = await OpenAsync();
        await page.Locator(".sample").ClickAsync();
        await page.Locator(".card canvas[role=img]").Nth(3).WaitForAsync();

        await page.Locator("#blend").FillAsync("50");

        Assert.Equal("0.5", await page.Locator(".card[data-map=depth] canvas[role=img]").EvaluateAsync<string>("map => getComputedStyle(map).opacity"));
        Assert.True(await page.Locator(".card[data-map=depth] img").EvaluateAsync<bool>("photo => photo.naturalWidth === 1200"));
        await page.CloseAsync();
    }

    [TheoryWith(Tools.Browser)]
    [InlineData(ColorScheme.Light, false)]
    [InlineData(ColorScheme.Dark, true)]
    public async Task Phone_320PixelsWide_FitsAndFollowsTheSystemsTheme(ColorScheme scheme, bool dark)
    {
        (IPage page, List<string> complaints) = await OpenAsync(320, 640, scheme);
        await page.Locator(".sample").ClickAsync();
        await page.Locator("#after").WaitForAsync();

        int width = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        string background = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).every(part => part < 60)";

        Assert.Equal(320, width);
        Assert.Equal(dark, await page.EvaluateAsync<bool>(background));
        await page.Locator("#theme").ClickAsync();
        Assert.Equal(!dark, await page.EvaluateAsync<bool>(background));
        Assert.Empty(complaints);
        await page.CloseAsync();
    }

    [FactWith(Tools.Browser)]
    public async Task Upload_TooManyPixels_ShowsTheServicesOwnWords()
    {
        (IPage page, _) = await OpenAsync();

        // 1500 x 1500 is more than the 2,000,000 pixels that this service takes.
        await page.SetInputFilesAsync("#file", new FilePayload { Name = "large.png", MimeType = "image/png", Buffer = Pictures.Gray(100, 1500, 1500) });
        await page.Locator("#error").WaitForAsync();

        string error = (await page.Locator("#error").TextContentAsync())!;
        Assert.Contains("2000000", error.Replace(",", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal("alert", await page.Locator("#error").GetAttributeAsync("role"));
        await page.CloseAsync();
    }

    [FactWith(Tools.Browser)]
    public async Task Swagger_UnderItsOwnPolicy_ListsTheOperations()
    {
        (IPage page, List<string> complaints) = await browser.OpenAsync(new Uri(service.Client.BaseAddress!, "/swagger/index.html"));

        await page.Locator(".opblock").First.WaitForAsync();

        Assert.Empty(complaints);
        await page.CloseAsync();
    }

    private Task<(IPage Page, List<string> Complaints)> OpenAsync(int width = 1280, int height = 900, ColorScheme scheme = ColorScheme.Light) =>
        browser.OpenAsync(service.Client.BaseAddress!, width, height, scheme);

    private async Task<JsonElement> PredictAsync()
    {
        using MultipartFormDataContent body = new()
        {
            { new ByteArrayContent(await File.ReadAllBytesAsync(Photo)), "image", "village.jpg" },
            { new StringContent(Size), "size" },
            { new StringContent("f32"), "maps" },
        };
        HttpResponseMessage response = await service.Client.PostAsync(new Uri("/predict", UriKind.Relative), body);
        return (await response.JsonAsync()).GetProperty("images")[0].GetProperty("maps");
    }

    private static double[] Values(JsonElement map, int x, int y)
    {
        byte[] data = map.GetProperty("data").GetBytesFromBase64();
        int channels = map.TryGetProperty("channels", out JsonElement count) ? count.GetInt32() : 1;
        int start = ((y * map.GetProperty("width").GetInt32()) + x) * channels;
        return map.GetProperty("dtype").GetString() == "uint8"
            ? [data[start]]
            : [.. MemoryMarshal.Cast<byte, float>(data).Slice(start, channels).ToArray().Select(value => (double)value)];
    }
}
