using System.Reflection;
using System.Text.RegularExpressions;
using DiTask.Tests;
using TorchSharp;

namespace Compat.Tests.TorchSharp;

/// <summary>The raw layer against the header: names and numbers of parameters.</summary>
public partial class ShimTests
{
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

        Dictionary<string, int> actual = typeof(torch).Assembly.GetType("TorchSharp.Raw.Native", throwOnError: true)!
            .GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)
            .Where(method => method.Name.StartsWith("dt_", StringComparison.Ordinal))
            .ToDictionary(method => method.Name, method => method.GetParameters().Length);

        // Asked for by address while the library is being loaded.
        actual.Add("dt_header_hash", 0);
        actual.Add("dt_initialize", 0);
        Assert.Equal(expected.OrderBy(pair => pair.Key), actual.OrderBy(pair => pair.Key));
    }

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
