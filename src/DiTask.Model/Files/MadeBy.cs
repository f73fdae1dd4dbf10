using System.Reflection;

namespace DiTask.Model.Files;

/// <summary>The program that makes files, as it is written into them.</summary>
internal static class MadeBy
{
    private static readonly string[] Version =
        typeof(MadeBy).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+', 2);

    /// <summary>Its name and version: <c>ditask 0.1.0</c>.</summary>
    public static string Tool { get; } = $"ditask {Version[0]}";

    /// <summary>The commit that it was built from; null of a build outside a repository.</summary>
    public static string? Commit { get; } = Version.ElementAtOrDefault(1);
}
