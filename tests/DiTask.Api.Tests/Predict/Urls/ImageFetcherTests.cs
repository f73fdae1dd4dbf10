using System.Net;
using DiTask.Api.Predict;
using DiTask.Api.Predict.Urls;
using DiTask.Api.Problems;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace DiTask.Api.Tests.Predict.Urls;

public sealed class ImageFetcherTests(PhotoHost host) : IClassFixture<PhotoHost>
{
    private readonly LimitsOptions limits = new() { MaxImageBytes = 20_000, MaxBodyBytes = 40_000 };

    [Fact]
    public async Task Fetch_Photo_HasItsBytesWhateverTheHostCallsThem()
    {
        using ImageFetcher fetcher = Fetcher(host.Network());

        UploadedImage image = await FetchAsync(fetcher, host.At("/photo"));

        Assert.Null(image.Error);
        Assert.Equal("a", image.Id);
        Assert.Equal(PhotoHost.Photo, image.Bytes.ToArray());
        Assert.Equal(["Accept", "Host", "User-Agent"], host.LatestHeaders.Keys.Order());
    }

    [Fact]
    public async Task Fetch_ThreeRedirects_AreFollowedWithoutCookies()
    {
        using ImageFetcher fetcher = Fetcher(host.Network());

        UploadedImage image = await FetchAsync(fetcher, host.At("/leads/3"));

        Assert.Equal(PhotoHost.Photo, image.Bytes.ToArray());
        Assert.DoesNotContain("Cookie", host.LatestHeaders.Keys);
    }

    [Theory]
    [InlineData("/leads/4", "url_failed", "The host leads on more than 3 times, ImageUrls:MaxRedirects.")]
    [InlineData("/leads-nowhere", "url_failed", "The host answered 302 without a Location.")]
    [InlineData("/not-there", "url_failed", "Expected the host to answer 200; it answered 404.")]
    [InlineData("/breaks", "url_failed", "The host could not be reached over https, or broke off.")]
    [InlineData("/claims-much", "image_too_large", "An image has at most 20000 bytes, Limits:MaxImageBytes; found 1099511627776.")]
    [InlineData("/leads-to?to=http://photos.test/photo", "url_refused", "Expected an https address; found 'http'.")]
    [InlineData("/leads-to?to=file:///etc/passwd", "url_refused", "Expected an https address; found 'file'.")]
    [InlineData("/leads-to?to=https://other.test/photo", "url_refused", "The host is not in ImageUrls:AllowedHosts.")]
    [InlineData("/leads-to?to=https://photos.test/photo", "url_refused", "The host is not in ImageUrls:AllowedHosts.")]
    [InlineData("/leads-to?to=https://me:secret@photos.test/photo", "url_refused", "An address has no user name and no password.")]
    public async Task Fetch_HostMisbehaves_IsTheImagesError(string path, string code, string detail)
    {
        using ImageFetcher fetcher = Fetcher(host.Network());

        UploadedImage image = await FetchAsync(fetcher, host.At(path));

        Assert.Equal((code, detail), (ErrorCatalogue.Describe(image.Error!.Code).Code, image.Error.Detail));
        Assert.Equal(0, image.Bytes.Length);
    }

    [Fact]
    public async Task Fetch_BodyWithoutAnEnd_IsCutOff()
    {
        using ImageFetcher fetcher = Fetcher(host.Network());

        UploadedImage image = await FetchAsync(fetcher, host.At("/never-ends"));

        Assert.Equal(ErrorCode.ImageTooLarge, image.Error!.Code);
    }

    [Fact]
    public async Task Fetch_HostHangs_IsGivenUpAfterTheTime()
    {
        FakeTimeProvider time = new();
        using ImageFetcher fetcher = Fetcher(host.Network(), time: time);
        Task<UploadedImage> fetching = FetchAsync(fetcher, host.At("/hangs"));
        await host.Hanging.WaitAsync();

        time.Advance(TimeSpan.FromSeconds(5));

        UploadedImage image = await fetching;
        Assert.Equal((ErrorCode.UrlFailed, "The image was not fetched within 00:00:05, ImageUrls:Timeout."), (image.Error!.Code, image.Error.Detail));
    }

    [Fact]
    public async Task Fetch_CallerLeaves_Ends()
    {
        using ImageFetcher fetcher = Fetcher(host.Network());
        using CancellationTokenSource leave = new();
        Task<UploadedImage> fetching = FetchAsync(fetcher, host.At("/hangs"), leave.Token);
        await host.Hanging.WaitAsync();

        await leave.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetching);
    }

    [Fact]
    public async Task Fetch_CertificateThatNobodyKnows_Fails()
    {
        using ImageFetcher fetcher = Fetcher(host.Network() with { CertificateCheck = null });

        UploadedImage image = await FetchAsync(fetcher, host.At("/photo"));

        Assert.Equal(ErrorCode.UrlFailed, image.Error!.Code);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3", "93.184.216.34")]
    [InlineData("93.184.216.34", "169.254.169.254")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("fd00::1")]
    public async Task Fetch_NameLeadsInside_IsRefusedAndNothingIsConnectedTo(params string[] addresses)
    {
        IReadOnlyDictionary<string, string> before = host.LatestHeaders;
        FetchNetwork network = new()
        {
            Resolve = (_, _) => Task.FromResult(Array.ConvertAll(addresses, address => IPAddress.Parse(address))),
        };
        using ImageFetcher fetcher = Fetcher(network);

        UploadedImage image = await FetchAsync(fetcher, host.At("/photo"));

        Assert.Equal((ErrorCode.UrlRefused, "The host is not on the public Internet."), (image.Error!.Code, image.Error.Detail));
        Assert.Same(before, host.LatestHeaders);
    }

    [Fact]
    public async Task Fetch_NameThatChangesItsMind_IsCheckedOnEveryHop()
    {
        // The first answer is harmless, the second leads inside: DNS rebinding.
        int asked = 0;
        FetchNetwork network = host.Network() with
        {
            Resolve = (_, _) => Task.FromResult<IPAddress[]>([Interlocked.Increment(ref asked) == 1 ? IPAddress.Loopback : IPAddress.Parse("10.0.0.1")]),
        };
        using ImageFetcher fetcher = Fetcher(network);

        UploadedImage image = await FetchAsync(fetcher, host.At("/leads/1"));

        Assert.Equal(ErrorCode.UrlRefused, image.Error!.Code);
        Assert.Equal(2, asked);
    }

    [Theory]
    [InlineData("https://127.0.0.1/a")]
    [InlineData("https://2130706433/a")]
    [InlineData("https://0x7f.1/a")]
    [InlineData("https://0177.0.0.1/a")]
    [InlineData("https://[::1]/a")]
    [InlineData("https://[::ffff:169.254.169.254]/a")]
    [InlineData("https://[64:ff9b::7f00:1]/a")]
    public async Task Fetch_AddressWithoutAName_IsCheckedToo(string address)
    {
        using ImageFetcher fetcher = Fetcher(new FetchNetwork { Resolve = (_, _) => throw new InvalidOperationException("No name was given.") }, []);

        Assert.Equal(ErrorCode.UrlRefused, (await FetchAsync(fetcher, address)).Error!.Code);
    }

    [Theory]
    [InlineData("http://photos.test/a")]
    [InlineData("ftp://photos.test/a")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://photos.test/a")]
    [InlineData("data:image/png;base64,AAAA")]
    [InlineData("javascript:alert(1)")]
    [InlineData("//photos.test/a")]
    [InlineData("photos.test/a")]
    [InlineData("/etc/passwd")]
    [InlineData("")]
    [InlineData("https://")]
    [InlineData("https://photos.test:22/a")]
    [InlineData("https://me:secret@photos.test/a")]
    [InlineData("https://photos.test@127.0.0.1:443/a")]
    public async Task Fetch_AddressOfAnotherKind_IsRefusedWithoutAsking(string address)
    {
        using ImageFetcher fetcher = Fetcher(new FetchNetwork { Resolve = (_, _) => throw new InvalidOperationException("Nobody is to be asked.") }, []);

        UploadedImage image = await FetchAsync(fetcher, address);

        Assert.Equal(ErrorCode.UrlRefused, image.Error!.Code);
        Assert.DoesNotContain("secret", image.Error.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_LongAddress_IsRefused()
    {
        using ImageFetcher fetcher = Fetcher(new FetchNetwork(), []);

        Assert.Equal(ErrorCode.UrlRefused, (await FetchAsync(fetcher, "https://photos.test/" + new string('a', 2048))).Error!.Code);
    }

    [Fact]
    public async Task FetchAll_MoreBytesThanABody_KeepsWithinThem()
    {
        using ImageFetcher fetcher = Fetcher(host.Network(), limits: new LimitsOptions { MaxImageBytes = 20_000, MaxBodyBytes = 2 * PhotoHost.Photo.Length });
        UploadedImage[] images = [.. Enumerable.Range(0, 5).Select(index => UploadedImage.At(host.At("/photo"), $"image-{index}"))];

        await fetcher.FetchAllAsync(images, CancellationToken.None);

        Assert.Equal(2, images.Count(image => image.Error is null));
        Assert.All(images.Where(image => image.Error is not null), image => Assert.Equal((ErrorCode.BodyTooLarge, 0), (image.Error!.Code, image.Bytes.Length)));
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2606:4700:4700::1111", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.0.0.1", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("100.127.255.255", false)]
    [InlineData("100.128.0.1", true)]
    [InlineData("127.255.255.254", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.0.2.1", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("198.19.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::7f00:1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("100::1", false)]
    [InlineData("2001::1", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fec0::1", false)]
    [InlineData("ff02::1", false)]
    public void IsPublic_AddressesOfEveryRange_AreToldApart(string address, bool expected) =>
        Assert.Equal(expected, PublicAddress.Is(IPAddress.Parse(address)));

    [Theory]
    [InlineData("https://a.example/x", true, "a.example")]
    [InlineData("https://A.EXAMPLE/x", true, "a.example")]
    [InlineData("https://b.a.example/x", false, "a.example")]
    [InlineData("https://b.a.example/x", true, "*.a.example")]
    [InlineData("https://a.example/x", false, "*.a.example")]
    [InlineData("https://ba.example/x", false, "*.a.example")]
    [InlineData("https://a.example:8443/x", false, "a.example")]
    [InlineData("https://a.example:8443/x", true, "a.example:8443")]
    [InlineData("https://a.example/x", false, "a.example:8443")]
    [InlineData("https://a.example.evil.org/x", false, "a.example")]
    [InlineData("https://[2606:4700::1]/x", true, "[2606:4700::1]")]
    public void Require_HostsThatAreNamed_AreAllowed(string address, bool expected, string rule)
    {
        ImageUrlsOptions options = new();
        options.AllowedHosts.Add(rule);
        HostRules rules = new(options);

        Assert.Equal(expected, Record.Exception(() => rules.Require(address)) is null);
    }

    [Theory]
    [InlineData("https://a.example")]
    [InlineData("a.example/x")]
    [InlineData("*")]
    [InlineData("a.*.example")]
    [InlineData("a.example:port")]
    [InlineData("")]
    public void Validate_HostThatIsNone_SaysWhich(string host)
    {
        ImageUrlsOptions options = new();
        options.AllowedHosts.Add(host);

        string failure = Assert.Single(new ImageUrlsOptionsValidator().Validate(null, options).Failures ?? []);
        Assert.Contains($"ImageUrls:AllowedHosts:0 is '{host}'", failure, StringComparison.Ordinal);
    }

    private static async Task<UploadedImage> FetchAsync(ImageFetcher fetcher, string address, CancellationToken cancellation = default)
    {
        UploadedImage[] images = [UploadedImage.At(address, "a")];
        await fetcher.FetchAllAsync(images, cancellation);
        return images[0];
    }

    private ImageFetcher Fetcher(FetchNetwork network, string[]? hosts = null, LimitsOptions? limits = null, TimeProvider? time = null)
    {
        // A minute of the system's time is for a starved machine; only the test with a clock of its own wants it to run out.
        ImageUrlsOptions options = new() { Enabled = true, Timeout = time is null ? TimeSpan.FromMinutes(1) : TimeSpan.FromSeconds(5) };
        foreach (string name in hosts ?? [$"{PhotoHost.Name}:{host.Port}"])
        {
            options.AllowedHosts.Add(name);
        }

        return new ImageFetcher(Options.Create(options), Options.Create(limits ?? this.limits), network, time ?? TimeProvider.System);
    }
}
