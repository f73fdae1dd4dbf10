using System.Reflection;

namespace DiTask.Tests;

/// <summary>Where the test data lie: <c>tests/Fixtures</c> in the source tree.</summary>
internal static class Fixture
{
    public static string Directory { get; } = typeof(Fixture).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "FixturesDirectory").Value!;

    /// <summary>Root of the repository.</summary>
    public static string Repository => System.IO.Path.GetFullPath(System.IO.Path.Combine(Directory, "..", ".."));

    public static string Path(params string[] parts) => System.IO.Path.Combine([Directory, .. parts]);

    /// <summary>An array of the authors' code, by path below <c>Fixtures/golden</c>.</summary>
    public static Npy Golden(params string[] parts) => Npy.Read(Path(["golden", .. parts]));
}
