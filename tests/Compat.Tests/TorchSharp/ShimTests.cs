#if !UPSTREAM_PACKAGES
using System.Reflection;
using System.Text.RegularExpressions;
using DiTask.Tests;
using TorchSharp.Raw;

namespace Compat.Tests.TorchSharp;

/// <summary>The raw layer against the header: names and numbers of parameters.</summary>
public partial class ShimTests
{
    private const string Hash = "0123456789abcdef0123456789abcdef";

    private static readonly string[] UnaryOperations = [.. UnaryNames()];

    [Fact]
    public void RawLayer_DeclaresWhatTheHeaderDeclares()
    {
        string header = Comments().Replace(File.ReadAllText(HeaderPath), "");
        Dictionary<string, int> expected = Declarations().Matches(header).ToDictionary(match => match.Groups[1].Value, match => Parameters(match.Groups[2].Value));
        foreach (string name in UnaryOperations)
        {
            expected.Add($"dt_{name}", 2);
        }

        Dictionary<string, int> actual = typeof(Native)
            .GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)
            .Where(method => method.Name.StartsWith("dt_", StringComparison.Ordinal))
            .ToDictionary(method => method.Name, method => method.GetParameters().Length);

        // Asked for by address while the library is being loaded.
        actual.Add("dt_header_hash", 0);
        actual.Add("dt_initialize", 0);
        Assert.Equal(expected.OrderBy(pair => pair.Key), actual.OrderBy(pair => pair.Key));
    }

    [Fact]
    public void Find_NothingBuilt_NamesTheScript()
    {
        DllNotFoundException error = Assert.Throws<DllNotFoundException>(() => ShimLibrary.Find(Environment(("DITASK_CACHE", "/nowhere")), Hash));

        Assert.Contains("eng/build-torch-shim.sh", error.Message, StringComparison.Ordinal);
        Assert.Contains("/nowhere/torch-shim-header-0123456789abcdef/libditask_torch.so", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("XDG_CACHE_HOME", "/xdg", "/xdg/ditask/")]
    [InlineData("HOME", "/home/somebody", "/home/somebody/.cache/ditask/")]
    public void Find_WithoutOwnCache_LooksInTheUsersCache(string variable, string value, string expected)
    {
        DllNotFoundException error = Assert.Throws<DllNotFoundException>(() => ShimLibrary.Find(Environment((variable, value)), Hash));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_PathInEnvironment_LooksNowhereElse()
    {
        string present = typeof(ShimTests).Assembly.Location;

        Assert.Equal(present, ShimLibrary.Find(Environment(("DITASK_TORCH_SHIM", present)), Hash));
        DllNotFoundException error = Assert.Throws<DllNotFoundException>(() => ShimLibrary.Find(Environment(("DITASK_TORCH_SHIM", "/absent.so")), Hash));
        Assert.EndsWith("Looked at: /absent.so.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_AnotherLibrary_IsRefused()
    {
        DllNotFoundException error = Assert.Throws<DllNotFoundException>(() => ShimLibrary.Load("libm.so.6", Hash));

        Assert.Contains($"hash none, expected {Hash}", error.Message, StringComparison.Ordinal);
    }

    private static Func<string, string?> Environment(params (string Name, string Value)[] variables) =>
        name => variables.FirstOrDefault(variable => variable.Name == name).Value;

    private static string HeaderPath => Path.Combine(Fixture.Repository, "compat", "TorchSharp", "native", "ditask_torch.h");

    private static IEnumerable<string> UnaryNames() =>
        UnaryItems().Matches(Regex.Match(File.ReadAllText(HeaderPath), @"DT_UNARY_OPERATIONS\(X\) \\\n(.*)").Groups[1].Value).Select(match => match.Groups[1].Value);

    private static int Parameters(string list) => list.Trim() is "void" or "" ? 0 : list.Split(',').Length;

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comments();

    [GeneratedRegex(@"DT_API [^;()#]*?\b(dt_\w+)\(([^)]*)\);")]
    private static partial Regex Declarations();

    [GeneratedRegex(@"X\((\w+)\)")]
    private static partial Regex UnaryItems();
}
#endif
