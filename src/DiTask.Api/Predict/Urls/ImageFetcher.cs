using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using DiTask.Api.Problems;
using Microsoft.Extensions.Options;

namespace DiTask.Api.Predict.Urls;

/// <summary>
/// Fetches images from addresses that callers name. Connects only to addresses that it has checked itself, hop by hop, so that no name can lead
/// it into the network that the service stands in.
/// </summary>
internal sealed class ImageFetcher : IDisposable
{
    private readonly ImageUrlsOptions options;
    private readonly LimitsOptions limits;
    private readonly FetchNetwork network;
    private readonly TimeProvider time;
    private readonly HostRules rules;
    private readonly SemaphoreSlim gate;
    private readonly HttpClient http;

    public ImageFetcher(IOptions<ImageUrlsOptions> options, IOptions<LimitsOptions> limits, FetchNetwork network, TimeProvider time)
    {
        this.options = options.Value;
        this.limits = limits.Value;
        this.network = network;
        this.time = time;
        rules = new HostRules(this.options);
        gate = new SemaphoreSlim(this.options.MaxConcurrency);
        http = NewClient();
    }

    /// <summary>Whether the service fetches at all.</summary>
    public bool IsEnabled => options.Enabled;

    /// <summary>Puts bytes, or errors, in the place of the images of a request that are given by their addresses.</summary>
    /// <exception cref="OperationCanceledException">The request's time is over or its caller has left.</exception>
    public async Task FetchAllAsync(IList<UploadedImage> images, CancellationToken cancellation)
    {
        long total = 0;
        await Task.WhenAll(Enumerable.Range(0, images.Count).Where(index => images[index].Address is not null).Select(FetchOneAsync)).ConfigureAwait(false);

        async Task FetchOneAsync(int index)
        {
            UploadedImage image = await FetchAsync(images[index], cancellation).ConfigureAwait(false);
            if (Interlocked.Add(ref total, image.Bytes.Length) > limits.MaxBodyBytes)
            {
                image.Dispose();
                image = Failed(image.Id, ErrorCode.BodyTooLarge, $"The fetched images of a request have at most {limits.MaxBodyBytes} bytes together, Limits:MaxBodyBytes; found more.");
            }

            images[index] = image;
        }
    }

    public void Dispose()
    {
        http.Dispose();
        gate.Dispose();
    }

    private static UploadedImage Failed(string id, ErrorCode code, string detail) => new(id, RentedBytes.Rent(0, out _), new RequestError(code, detail));

    private static bool IsRedirect(HttpStatusCode status) =>
        status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    private static UrlRefusedException? RefusalIn(Exception? exception)
    {
        while (exception is not null and not UrlRefusedException)
        {
            exception = exception.InnerException;
        }

        return (UrlRefusedException?)exception;
    }

    private async Task<UploadedImage> FetchAsync(UploadedImage image, CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation).ConfigureAwait(false);
        using CancellationTokenSource late = new(options.Timeout, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            return await FollowAsync(image.Id, image.Address!, either.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (RefusalIn(exception) is { } refusal)
        {
            return Failed(image.Id, ErrorCode.UrlRefused, refusal.Message);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Failed(image.Id, ErrorCode.UrlFailed, $"The image was not fetched within {options.Timeout}, ImageUrls:Timeout.");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException)
        {
            // What exactly went wrong would tell the caller about a network that is not theirs.
            return Failed(image.Id, ErrorCode.UrlFailed, "The host could not be reached over https, or broke off.");
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<UploadedImage> FollowAsync(string id, string address, CancellationToken cancellation)
    {
        Uri next = rules.Require(address);
        for (int redirects = 0; ; redirects++)
        {
            using HttpResponseMessage response = await http.GetAsync(next, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
            if (!IsRedirect(response.StatusCode))
            {
                return await ReadAsync(id, response, cancellation).ConfigureAwait(false);
            }

            if (response.Headers.Location is not { } location)
            {
                return Failed(id, ErrorCode.UrlFailed, $"The host answered {(int)response.StatusCode} without a Location.");
            }

            if (redirects == options.MaxRedirects)
            {
                return Failed(id, ErrorCode.UrlFailed, $"The host leads on more than {options.MaxRedirects} times, ImageUrls:MaxRedirects.");
            }

            next = rules.Require(Uri.TryCreate(next, location, out Uri? there) ? there : throw new UrlRefusedException("The host leads on to something that is no address."));
        }
    }

    private async Task<UploadedImage> ReadAsync(string id, HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.StatusCode != HttpStatusCode.OK)
        {
            return Failed(id, ErrorCode.UrlFailed, $"Expected the host to answer 200; it answered {(int)response.StatusCode}.");
        }

        if (response.Content.Headers.ContentLength is { } length && LimitErrors.OfImage(length, limits) is { } tooLarge)
        {
            return new UploadedImage(id, RentedBytes.Rent(0, out _), tooLarge);
        }

        // Not to its end, however long it is: the host is not our caller.
        using Stream body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        RentedBytes bytes = await RentedBytes.ReadUpToAsync(body, limits.MaxImageBytes, cancellation).ConfigureAwait(false);
        return new UploadedImage(id, bytes, LimitErrors.OfImage(bytes.TotalBytes, limits));
    }

    private HttpClient NewClient()
    {
        SocketsHttpHandler handler = new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxResponseHeadersLength = 16,
            MaxResponseDrainSize = 0,

            // No connection is used twice: each hop is resolved and checked anew.
            PooledConnectionLifetime = TimeSpan.Zero,
            ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
            ConnectCallback = ConnectAsync,
        };
        handler.SslOptions.RemoteCertificateValidationCallback = network.CertificateCheck;
        HttpClient client = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("DiTask", "1"));
        client.DefaultRequestHeaders.Accept.ParseAdd("image/*");
        return client;
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        (string host, int port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        IPAddress[] addresses = IPAddress.TryParse(host, out IPAddress? literal)
            ? [literal]
            : await network.Resolve(host, cancellation).ConfigureAwait(false);

        // One that is not public makes the name suspect; no other of its addresses is tried.
        if (addresses.Length == 0 || !Array.TrueForAll(addresses, address => network.IsAllowed(address)))
        {
            throw new UrlRefusedException("The host is not on the public Internet.");
        }

        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellation).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
