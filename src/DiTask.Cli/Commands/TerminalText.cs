namespace DiTask.Cli.Commands;

/// <summary>Text from files, made fit for a terminal.</summary>
internal static class TerminalText
{
    /// <summary>Without control characters, line breaks among them: names come from files, and must not steer the terminal.</summary>
    public static string Clean(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? '?' : letter));

    /// <summary>The same for text that has lines of its own.</summary>
    public static string CleanLines(string text) => string.Join('\n', text.Split('\n').Select(Clean));
}
