using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace DiTask.Api.Security;

/// <summary>The keys, as digests: what is compared has one length, and takes the same time wherever two differ.</summary>
internal sealed class KeyRing(IOptions<SecurityOptions> options)
{
    private readonly byte[][] predict = Digests(options.Value.PredictKeys, options.Value.PredictKeysFile);
    private readonly byte[][] admin = Digests(options.Value.AdminKeys, options.Value.AdminKeysFile);

    /// <summary>Whether predicting takes a key.</summary>
    public bool HasPredictKeys => predict.Length > 0;

    /// <summary>Whether there is an administration.</summary>
    public bool HasAdminKeys => admin.Length > 0;

    /// <summary>What <paramref name="key"/> opens.</summary>
    public (bool Predict, bool Admin) GroupsOf(string key)
    {
        byte[] digest = SHA256.HashData(Encoding.UTF8.GetBytes(key));
        return (Contains(predict, digest), Contains(admin, digest));
    }

    private static bool Contains(byte[][] known, byte[] digest)
    {
        // All of them, whichever it is: the time must not tell which.
        bool found = false;
        foreach (byte[] candidate in known)
        {
            found |= CryptographicOperations.FixedTimeEquals(candidate, digest);
        }

        return found;
    }

    private static byte[][] Digests(IEnumerable<string> keys, string? file) =>
        [.. keys.Concat(KeyFile.Read(file)).Select(key => SHA256.HashData(Encoding.UTF8.GetBytes(key)))];
}
