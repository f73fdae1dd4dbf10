using System.Buffers;
using System.Buffers.Text;
using System.Text;
using DiTask.Api.Problems;

namespace DiTask.Api.Predict;

/// <summary>Decodes an image from base64 or a data URI. Strict: a decoder that skips what it does not know hides that a text was cut off.</summary>
internal static class Base64Image
{
    private static readonly SearchValues<byte> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8);

    /// <summary>Decodes <paramref name="text"/>.</summary>
    /// <param name="text">Base64, or a data URI in base64.</param>
    /// <param name="limits">Most bytes of an image.</param>
    /// <param name="bytes">The image; empty when it has too many bytes, null when the text is malformed.</param>
    /// <param name="error">Why the image cannot be used although its text is well formed; null when it can.</param>
    /// <returns>What is wrong with the text; null when nothing is.</returns>
    public static string? Read(ReadOnlySpan<byte> text, LimitsOptions limits, out RentedBytes? bytes, out RequestError? error)
    {
        (bytes, error) = (null, null);
        int start = 0;
        if (text.StartsWith("data:"u8))
        {
            int comma = text.IndexOf((byte)',');
            if (comma < 0 || !text[..comma].EndsWith(";base64"u8))
            {
                return "Expected a data URI to continue with a media type and ';base64,'; found none.";
            }

            start = comma + 1;
        }

        ReadOnlySpan<byte> base64 = text[start..];
        int padding = base64.EndsWith("=="u8) ? 2 : base64.EndsWith("="u8) ? 1 : 0;
        int odd = base64[..^padding].IndexOfAnyExcept(Alphabet);
        if (odd >= 0)
        {
            return Describe(base64[odd..], start + odd);
        }

        if (base64.Length % 4 != 0)
        {
            return $"Expected base64 of a multiple of 4 characters, filled up with '='; found {base64.Length} characters. Its end may be missing.";
        }

        int length = (base64.Length / 4 * 3) - padding;
        error = LimitErrors.OfImage(length, limits);
        if (error is not null)
        {
            bytes = RentedBytes.Rent(0, out _);
            return null;
        }

        bytes = RentedBytes.Rent(length, out Span<byte> target);
        if (Base64.DecodeFromUtf8(base64, target, out _, out int written) == OperationStatus.Done && written == length)
        {
            return null;
        }

        bytes.Dispose();
        bytes = null;
        return "Expected base64; its last characters do not end on a byte.";
    }

    private static string Describe(ReadOnlySpan<byte> rest, int position)
    {
        if (rest[0] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            return $"Expected base64 without white space; found some at character {position}.";
        }

        if (rest[0] is (byte)'-' or (byte)'_')
        {
            return $"Expected base64 with '+' and '/'; found '{(char)rest[0]}' of the URL-safe alphabet at character {position}.";
        }

        if (rest[0] == (byte)'=')
        {
            return $"Expected '=' only at the end of base64, at most twice; found it at character {position}.";
        }

        Rune.DecodeFromUtf8(rest, out Rune rune, out _);
        string found = Rune.IsControl(rune) ? $"U+{rune.Value:X4}" : $"'{rune}'";
        return $"Expected base64; found {found} at character {position}.";
    }
}
