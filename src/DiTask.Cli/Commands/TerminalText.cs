namespace DiTask.Cli.Commands;

/// <summary>Text from files, made fit for a terminal.</summary>
internal static class TerminalText
{
    /// <summary>Without control characters other than line breaks: names come from files, and must not steer the terminal.</summary>
    public static string Clean(string text) => string.Concat(text.Select(letter => char.IsControl(letter) && letter != '\n' ? '?' : letter));
}
