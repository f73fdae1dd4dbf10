using DiTask.Tests;
using Microsoft.Playwright;

namespace DiTask.Api.Tests.Web;

/// <summary>The page of a service that asks for a key, in a real browser.</summary>
public sealed class KeyPageTests(Browser browser) : IClassFixture<Browser>, IAsyncDisposable
{
    private const string Key = "a-key-of-the-tests";

    private static readonly string Photo = Path.Combine(Fixture.Repository, "tests", "Fixtures", "photos", "village.jpg");

    private readonly ServiceFactory factory = new(("Security:PredictKeys:0", Key));

    public ValueTask DisposeAsync() => factory.DisposeAsync();

    [FactWith(Tools.Browser)]
    public async Task Page_ServiceAsksForAKey_AsksUntilItFitsAndForgetsItWithThePage()
    {
        factory.UseKestrel(0);
        factory.StartServer();
        using HttpClient client = await factory.CreateReadyClientAsync();
        (IPage page, List<string> complaints) = await browser.OpenAsync(client.BaseAddress!);
        Assert.False(await page.Locator("#key").IsVisibleAsync());

        await page.Locator("#tasks input").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.SetInputFilesAsync("#file", Photo);
        await page.Locator("#key").WaitForAsync();
        Assert.True(await page.Locator("#key").EvaluateAsync<bool>("field => field === document.activeElement && field.type === 'password'"));

        await page.Keyboard.TypeAsync("not-a-key-of-the-tests");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#error", new() { HasText = "unknown" }).WaitForAsync();

        await page.Locator("#key").FillAsync(Key);
        await page.Locator("#key-form button").ClickAsync();
        await page.Locator(".card canvas[role=img]").Nth(3).WaitForAsync();

        Assert.False(await page.Locator("#key").IsVisibleAsync());
        Assert.Contains("-H \"X-API-Key: $DITASK_KEY\"", await page.Locator("#curl").TextContentAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(Key, await page.ContentAsync(), StringComparison.Ordinal);
        Assert.Equal("", await page.Locator("#key").InputValueAsync());
        Assert.Equal("{}{}", await page.EvaluateAsync<string>("JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + document.cookie"));
        Assert.All(complaints, complaint => Assert.Contains("401", complaint, StringComparison.Ordinal));
        await page.CloseAsync();
    }
}
