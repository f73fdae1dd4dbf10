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

    /// <summary>For each list of names in the header: what is added to a name, and the number of parameters.</summary>
    private static readonly Dictionary<string, (string Suffix, int Parameters)[]> Families = new()
    {
        ["UNARY"] = [("", 2)],
        ["INPLACE"] = [("_", 1)],
        ["BINARY"] = [("", 3)],
        ["TENSOR_OR_SCALAR"] = [("", 3), ("_scalar", 3)],
        ["INPLACE_TENSOR_OR_SCALAR"] = [("_", 2), ("_scalar_", 2)],
    };

    [Fact]
    public void RawLayer_DeclaresWhatTheHeaderDeclares()
    {
        string header = Comments().Replace(File.ReadAllText(HeaderPath), "");
        Dictionary<string, int> expected = Declarations().Matches(header).ToDictionary(match => match.Groups[1].Value, match => Parameters(match.Groups[2].Value));
        foreach (Match list in Lists().Matches(header))
        {
            foreach (Match name in Items().Matches(list.Groups[2].Value))
            {
                foreach ((string suffix, int parameters) in Families[list.Groups[1].Value])
                {
                    expected.Add($"dt_{name.Groups[1].Value}{suffix}", parameters);
                }
            }
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

    private static int Parameters(string list) => list.Trim() is "void" or "" ? 0 : list.Split(',').Length;

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comments();

    [GeneratedRegex(@"DT_API [^;()#]*?\b(dt_\w+)\(([^)]*)\);")]
    private static partial Regex Declarations();

    [GeneratedRegex(@"#define DT_(\w+)_OPERATIONS\(X\)((?:.*\\\n)*.*)")]
    private static partial Regex Lists();

    [GeneratedRegex(@"X\((\w+)\)")]
    private static partial Regex Items();
}
#endif
