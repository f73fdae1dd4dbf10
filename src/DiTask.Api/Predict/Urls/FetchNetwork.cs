using System.Net;
using System.Net.Security;

namespace DiTask.Api.Predict.Urls;

/// <summary>What the fetcher asks of the network; tests put a server of their own in its place.</summary>
internal sealed record FetchNetwork
{
    /// <summary>Addresses of a host.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>Whether the service may connect to an address.</summary>
    public Func<IPAddress, bool> IsAllowed { get; init; } = PublicAddress.Is;

    /// <summary>Judges a server's certificate; null for the system's judgement.</summary>
    public RemoteCertificateValidationCallback? CertificateCheck { get; init; }
}
