namespace DiTask.Api.Tests;

/// <summary>Finds the programs that some tests run: a browser, interpreters, Prometheus' checker.</summary>
internal static class Tools
{
    /// <summary>Name in the reasons of skipped tests of any browser that Playwright drives as Chromium.</summary>
    public const string Browser = "chromium";

    private static readonly string[] Browsers = ["chromium", "chromium-browser", "google-chrome", "msedge"];

    private static readonly string[] WindowsEndings = [".exe", ".cmd"];

    /// <summary>Path of <paramref name="program"/>; null where it is not installed.</summary>
    public static string? Find(string program)
    {
        string[] names = program == Browser ? Browsers : [program];
        string[] endings = OperatingSystem.IsWindows() ? WindowsEndings : [""];
        string named = Environment.GetEnvironmentVariable($"DITASK_{program.ToUpperInvariant()}") ?? "";
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return names
            .SelectMany(name => folders.SelectMany(folder => endings.Select(ending => Path.Combine(folder, name + ending))))
            .Prepend(named)
            .FirstOrDefault(File.Exists);
    }

    /// <summary>Why a test that runs <paramref name="programs"/> is skipped here; null where all are installed.</summary>
    public static string? Missing(string[] programs)
    {
        string[] missing = [.. programs.Where(program => Find(program) is null)];
        return missing.Length == 0 ? null : $"{string.Join(", ", missing)} not found on the PATH: './ditask setup --for-tests' installs it on Debian and Ubuntu.";
    }
}

/// <summary>A test that runs programs, skipped by name where one of them is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactWithAttribute : FactAttribute
{
    public FactWithAttribute(params string[] programs) => Skip = Tools.Missing(programs);
}

/// <summary>The same for a test with several rows.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TheoryWithAttribute : TheoryAttribute
{
    public TheoryWithAttribute(params string[] programs) => Skip = Tools.Missing(programs);
}
