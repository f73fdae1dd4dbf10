using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DiTask.Api.Predict.Urls;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace DiTask.Api.Tests.Predict.Urls;

/// <summary>A host of photos over https on this machine, good and bad ones.</summary>
public sealed class PhotoHost : IAsyncLifetime
{
    /// <summary>A name that leads to this machine; nobody else knows it.</summary>
    public const string Name = "photos.test";

    private readonly X509Certificate2 certificate = NewCertificate();
    private WebApplication app = null!;

    public static byte[] Photo { get; } = Pictures.Gray(80);

    public int Port { get; private set; }

    /// <summary>Passed when a request hangs.</summary>
    public SemaphoreSlim Hanging { get; } = new(0);

    /// <summary>What the latest request said of itself.</summary>
    public IReadOnlyDictionary<string, string> LatestHeaders { get; private set; } = new Dictionary<string, string>();

    public string At(string path) => $"https://{Name}:{Port}{path}";

    /// <summary>A network in which every name is this machine, which is allowed.</summary>
    internal FetchNetwork Network() => new()
    {
        Resolve = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]),
        IsAllowed = IPAddress.IsLoopback,
        CertificateCheck = (_, presented, _, _) => presented?.GetCertHashString() == certificate.GetCertHashString(),
    };

    public async Task InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.UseHttps(certificate);
        }));
        app = builder.Build();
        app.Use((context, next) =>
        {
            LatestHeaders = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
            context.Response.Cookies.Append("seen", "yes");
            return next(context);
        });
        app.MapGet("/photo", () => Results.Bytes(Photo, "text/html"));
        app.MapGet("/text", () => Results.Text("no photo", "image/png"));
        app.MapGet("/empty", () => Results.Bytes([], "image/png"));
        app.MapGet("/leads/{times:int}", (int times) => Results.Redirect(times == 1 ? "/photo" : $"/leads/{times - 1}"));
        app.MapGet("/leads-to", (string to) => Results.Redirect(to));
        app.MapGet("/leads-nowhere", (HttpContext context) => context.Response.StatusCode = 302);
        app.MapGet("/claims-much", async (HttpContext context) =>
        {
            context.Response.ContentLength = 1L << 40;
            await context.Response.Body.WriteAsync(new byte[10]);
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        app.MapGet("/never-ends", async (HttpContext context) =>
        {
            byte[] chunk = new byte[4096];
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
            }
        });
        app.MapGet("/hangs", async (HttpContext context) =>
        {
            Hanging.Release();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        app.MapGet("/breaks", async (HttpContext context) =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.Body.WriteAsync(new byte[10]);
            await context.Response.Body.FlushAsync();
            context.Abort();
        });
        await app.StartAsync();
        Port = new Uri(((IApplicationBuilder)app).ServerFeatures.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        certificate.Dispose();
        Hanging.Dispose();
    }

    private static X509Certificate2 NewCertificate()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={Name}", key, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }
}
