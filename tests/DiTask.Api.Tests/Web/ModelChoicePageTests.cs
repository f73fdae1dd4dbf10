using DiTask.Api.Tests.Models;
using DiTask.Tests;
using Microsoft.Playwright;

namespace DiTask.Api.Tests.Web;

/// <summary>The page of a service with several models, in a real browser.</summary>
public sealed class ModelChoicePageTests(Browser browser) : IClassFixture<Browser>, IDisposable
{
    private static readonly string Photo = Path.Combine(Fixture.Repository, "tests", "Fixtures", "photos", "village.jpg");

    private readonly RepositoryFolder repository = new RepositoryFolder().WithFake("indoor", "1").WithFake("street", "4");

    public void Dispose() => repository.Dispose();

    [FactWith(Tools.Browser)]
    public async Task Page_SeveralModels_AsksTheOneThatIsChosen()
    {
        await using ServiceFactory factory = new(("Models:Path", repository.Path), ("Models:Default", "indoor"));
        factory.UseKestrel(0);
        factory.StartServer();
        using HttpClient client = await factory.CreateReadyClientAsync();
        (IPage page, List<string> complaints) = await browser.OpenAsync(client.BaseAddress!);
        await page.Locator("#tasks input").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        Assert.Equal(["indoor", "street"], await page.Locator("#model-choice option").AllTextContentsAsync());
        Assert.Equal("indoor", await page.Locator("#model-choice").InputValueAsync());
        await page.SetInputFilesAsync("#file", Photo);
        await page.Locator("#after").WaitForAsync();
        Assert.DoesNotContain("model=", await page.Locator("#curl").TextContentAsync(), StringComparison.Ordinal);

        await page.Locator("#model-choice").SelectOptionAsync("street");
        await page.Locator("#curl", new() { HasText = "model=street" }).WaitForAsync();

        Assert.Equal("streetversion 4CPU", await page.Locator("#model").TextContentAsync());
        Assert.Empty(complaints);
        await page.CloseAsync();
    }

    [FactWith(Tools.Browser)]
    public async Task Page_OneModel_OffersNoChoice()
    {
        repository.Remove("indoor", "1");
        await using ServiceFactory factory = new(("Models:Path", repository.Path));
        factory.UseKestrel(0);
        factory.StartServer();
        using HttpClient client = await factory.CreateReadyClientAsync();

        (IPage page, List<string> complaints) = await browser.OpenAsync(client.BaseAddress!);
        await page.Locator("#tasks input").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });

        Assert.False(await page.Locator("#model-choice").IsVisibleAsync());
        Assert.Empty(complaints);
        await page.CloseAsync();
    }
}
