using Microsoft.Playwright;

namespace DiTask.Api.Tests.Web;

/// <summary>Opens pages in the Chromium that is installed, without a window. Tests that ask for it are skipped where there is none.</summary>
public sealed class Browser : IAsyncLifetime
{
    // Without these the browser asks for its vendor's hosts at every start.
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync",
    ];

    private IPlaywright? playwright;
    private IBrowser? browser;

    public async Task InitializeAsync()
    {
        if (Tools.Find(Tools.Browser) is not { } executable)
        {
            return;
        }

        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = executable, Args = Arguments });
    }

    public async Task DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
    }

    /// <summary>Opens an address in a context of its own; the list fills with what the page's console reports as wrong.</summary>
    public async Task<(IPage Page, List<string> Complaints)> OpenAsync(Uri address, int width = 1280, int height = 900, ColorScheme scheme = ColorScheme.Light)
    {
        IPage page = await browser!.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme });
        List<string> complaints = [];
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                complaints.Add(message.Text);
            }
        };
        page.PageError += (_, message) => complaints.Add(message);
        await page.GotoAsync(address.ToString());
        return (page, complaints);
    }
}
