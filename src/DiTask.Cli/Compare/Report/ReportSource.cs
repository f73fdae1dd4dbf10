using System.Text.RegularExpressions;

namespace DiTask.Cli.Compare.Report;

/// <summary>What a report was made of: the command, as it was given.</summary>
/// <param name="File">The comparison.</param>
/// <param name="Settings">Changes of every run.</param>
/// <param name="Out">Folder of the runs.</param>
/// <param name="Split">Pictures that results are measured on.</param>
internal sealed partial record ReportSource(string File, IReadOnlyList<string> Settings, string Out, string Split)
{
    /// <summary>The command, with what comes last in it.</summary>
    public string Command(params IReadOnlyList<string> last) =>
        string.Join(' ', ((IEnumerable<string>)["./ditask", "compare", Shown(File), .. Settings.SelectMany(setting => (string[])["--set", Setting(setting)]), "--split", Split, "--out", Shown(Out), .. last]).Select(Quoted));

    /// <summary>A path for people elsewhere: where a machine keeps its folders is nobody's business.</summary>
    public static string Shown(string path) => Path.IsPathRooted(path) ? Path.GetRelativePath(Environment.CurrentDirectory, path) : path;

    /// <summary>A setting, its value as <see cref="Shown"/> if it is a path.</summary>
    public static string Setting(string setting)
    {
        int equals = setting.IndexOf('=', StringComparison.Ordinal);
        return $"{setting[..(equals + 1)]}{Shown(setting[(equals + 1)..])}";
    }

    private static string Quoted(string word) => Plain().IsMatch(word) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"^[\w./=:,+-]+$")]
    private static partial Regex Plain();
}
