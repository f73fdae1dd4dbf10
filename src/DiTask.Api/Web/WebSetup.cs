using DiTask.Api.OpenApi;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;

namespace DiTask.Api.Web;

/// <summary>The page at <c>/</c>, its files, and the pictures it offers.</summary>
internal static class WebSetup
{
    private const string SampleCaching = "public, max-age=3600";

    public static IServiceCollection AddWeb(this IServiceCollection services)
    {
        services.AddOptions<WebOptions>().BindConfiguration(WebOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<WebOptions>, WebOptionsValidator>();
        return services.AddSingleton<SampleFiles>();
    }

    public static void MapWeb(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<IOptions<WebOptions>>().Value.Enabled)
        {
            if (app.Services.GetRequiredService<IOptions<OpenApiOptions>>().Value.Enabled)
            {
                app.MapGet("/", () => Results.Redirect("/swagger")).ExcludeFromDescription();
            }

            return;
        }

        MapFiles(app);
        MapSamples(app, app.Services.GetRequiredService<SampleFiles>());
    }

    private static void MapFiles(WebApplication app)
    {
        // Beside the program and not below the content root: the page is there whatever folder the service was started in.
        PhysicalFileProvider files = new(Path.Combine(AppContext.BaseDirectory, "wwwroot"));
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            OnPrepareResponse = file => SecurityHeaders.SetPageHeaders(file.Context.Response),
        });
    }

    private static void MapSamples(WebApplication app, SampleFiles samples)
    {
        app.MapGet(SampleFiles.Address, () => Results.Json(new SampleList(samples.Names()), WebJson.Default.SampleList)).ExcludeFromDescription();
        if (samples.Folder is { } folder)
        {
            app.UseStaticFiles(new StaticFileOptions
            {
                FileProvider = folder,
                RequestPath = SampleFiles.Address,
                ContentTypeProvider = SampleFiles.MediaTypes,
                OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = SampleCaching,
            });
        }
    }
}
