using System.Net;
using System.Net.Sockets;

namespace DiTask.Api.Predict.Urls;

/// <summary>Tells addresses of the public Internet from all others: this machine, this network, and what only looks like an address.</summary>
internal static class PublicAddress
{
    /// <summary>The public part of IPv6; all else is local, reserved, or an IPv4 address in disguise.</summary>
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    // Source: the IANA registries of special-purpose addresses.
    private static readonly IPNetwork[] Special =
    [
        .. ((string[])
        [
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24",
            "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            // Teredo and its neighbours, documentation, 6to4: the last and the first carry IPv4 addresses of the sender's choice.
            "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20",
        ]).Select(network => IPNetwork.Parse(network)),
    ];

    public static bool Is(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return (address.AddressFamily == AddressFamily.InterNetwork || GlobalUnicast.Contains(address))
            && !Array.Exists(Special, network => network.Contains(address));
    }
}
