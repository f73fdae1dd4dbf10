using System.Globalization;
using System.Text;

namespace DiTask.Model.Checkpoints;

/// <summary>A checkpoint that cannot be read or used, and why.</summary>
/// <remarks>The message holds everything that the properties hold, in one line.</remarks>
public sealed class CheckpointException : Exception
{
    /// <summary>Describes what is wrong with <paramref name="file"/>.</summary>
    /// <param name="file">Path of the file as the caller gave it.</param>
    /// <param name="problem">What is wrong, as a clause without a full stop.</param>
    /// <param name="key">Key, storage or zip entry that is wrong.</param>
    /// <param name="byteOffset">Where in the file.</param>
    /// <param name="expected">What a good file has there.</param>
    /// <param name="found">What this file has there.</param>
    /// <param name="inner">The cause, when another exception was one.</param>
    public CheckpointException(
        string file,
        string problem,
        string? key = null,
        long? byteOffset = null,
        string? expected = null,
        string? found = null,
        Exception? inner = null)
        : base(Describe(file, problem, key, byteOffset, expected, found), inner)
    {
        File = file;
        Key = key;
        ByteOffset = byteOffset;
        Expected = expected;
        Found = found;
    }

    /// <summary>Path of the file as the caller gave it.</summary>
    public string File { get; }

    /// <summary>Key, storage or zip entry that is wrong; null when the whole file is.</summary>
    public string? Key { get; }

    /// <summary>Where in the file, in bytes; null when the place says nothing.</summary>
    public long? ByteOffset { get; }

    /// <summary>What a good file has there.</summary>
    public string? Expected { get; }

    /// <summary>What this file has there.</summary>
    public string? Found { get; }

    private static string Describe(string file, string problem, string? key, long? byteOffset, string? expected, string? found)
    {
        var text = new StringBuilder(Printable(Path.GetFileName(file)));
        if (byteOffset is long offset)
        {
            text.Append(CultureInfo.InvariantCulture, $", byte {offset}");
        }

        text.Append(": ");
        if (key is not null && !problem.Contains($"'{key}'", StringComparison.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"'{Printable(key)}': ");
        }

        text.Append(Printable(problem).TrimEnd('.')).Append('.');
        if (expected is not null && found is not null && !(problem.Contains(expected, StringComparison.Ordinal) && problem.Contains(found, StringComparison.Ordinal)))
        {
            text.Append(CultureInfo.InvariantCulture, $" Expected {Printable(expected)}, found {Printable(found)}.");
        }

        return text.ToString();
    }

    // Names come from the file: a line break or an escape sequence in one must not reach a terminal or a log.
    private static string Printable(string text)
    {
        const int longest = 2000;
        var clean = new StringBuilder(Math.Min(text.Length, longest));
        foreach (char letter in text.AsSpan(0, Math.Min(text.Length, longest)))
        {
            clean.Append(char.IsControl(letter) ? '?' : letter);
        }

        return text.Length > longest ? clean.Append("...").ToString() : clean.ToString();
    }
}
