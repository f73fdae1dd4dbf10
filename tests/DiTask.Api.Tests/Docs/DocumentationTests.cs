using System.Text.RegularExpressions;
using DiTask.Tests;

namespace DiTask.Api.Tests.Docs;

/// <summary>What the documentation tells people to type is typed here, against the service with the bundled model.</summary>
public sealed partial class DocumentationTests(BundledService service) : IClassFixture<BundledService>
{
    private const string DocumentedAddress = "http://localhost:8080";

    /// <summary>Shows an error on purpose.</summary>
    private const string Misspelt = "siez=source";

    private static readonly string[] Documents = ["http-api.md", "open-inference.md", "clients.md"];

    /// <summary>Document and number of every block that calls the service.</summary>
    public static TheoryData<string, int> Blocks
    {
        get
        {
            TheoryData<string, int> blocks = [];
            foreach (string document in Documents)
            {
                for (int i = 0; i < BlocksOf(document).Length; i++)
                {
                    blocks.Add(document, i);
                }
            }

            return blocks;
        }
    }

    [Fact]
    public void Documents_HaveExamples() => Assert.True(Blocks.Count >= 10, "The blocks of the documentation are not found any more.");

    [Theory]
    [MemberData(nameof(Blocks))]
    public async Task Block_Run_Succeeds(string document, int number)
    {
        using TemporaryFolder folder = new();
        Shell.Prepare(folder.Path, Fixture.Repository);
        (string language, string text) = BlocksOf(document)[number];
        string code = text.Replace(DocumentedAddress, Address, StringComparison.Ordinal);
        string program = language == "python" ? "python3" : "bash";
        if (!Shell.Has(program))
        {
            return;
        }

        (int exit, string output) = language == "python"
            ? await Shell.RunAsync(folder.Path, program, "-c", code)
            : await Shell.RunAsync(folder.Path, program, "-e", "-u", "-o", "pipefail", "-c", code);

        Assert.True(exit == 0, $"{document}, block {number}: exit code {exit}\n{output}\n{code}");
        string[] written = [.. Directory.EnumerateFiles(folder.Path).Select(File.ReadAllText)];
        Assert.Equal(text.Contains(Misspelt, StringComparison.Ordinal), written.Append(output).Any(answer => answer.Contains("\"/problems/", StringComparison.Ordinal)));
        Assert.All(written, answer => Assert.NotEmpty(answer));
        Assert.True(written.Length > 0 || output.Length > 0, $"{document}, block {number} answers nothing.");
    }

    [Theory]
    [InlineData("python3", "examples/python/predict.py", "depth.png")]
    [InlineData("node", "examples/javascript/predict.mjs", "depth.png")]
    [InlineData("bash", "examples/curl/predict.sh", "depth.png")]
    public async Task Example_Run_WritesItsMaps(string program, string script, string written)
    {
        using TemporaryFolder folder = new();
        Shell.Prepare(folder.Path, Fixture.Repository);
        if (!Shell.Has(program))
        {
            return;
        }

        (int exit, string output) = await Shell.RunAsync(folder.Path, program, script, "models/samples/street.jpg", Address);

        Assert.True(exit == 0, $"exit code {exit}\n{output}");
        Assert.True(File.ReadAllBytes(Path.Combine(folder.Path, written)).AsSpan(1).StartsWith("PNG"u8), $"{written} is no PNG\n{output}");
    }

    [Theory]
    [InlineData("python3", "examples/python/predict.py")]
    [InlineData("node", "examples/javascript/predict.mjs")]
    [InlineData("bash", "examples/curl/predict.sh")]
    public async Task Example_FileThatIsNoImage_SaysWhy(string program, string script)
    {
        using TemporaryFolder folder = new();
        Shell.Prepare(folder.Path, Fixture.Repository);
        if (!Shell.Has(program))
        {
            return;
        }

        (int exit, string output) = await Shell.RunAsync(folder.Path, program, script, "tests/Fixtures/images/make.py", Address);

        Assert.NotEqual(0, exit);
        Assert.Contains(script.EndsWith(".sh", StringComparison.Ordinal) ? "415" : "unsupported_image_format", output, StringComparison.Ordinal);
    }

    private string Address => service.Client.BaseAddress!.ToString().TrimEnd('/');

    /// <summary>Blocks that call the service and need nothing beside it.</summary>
    private static (string Language, string Text)[] BlocksOf(string document) =>
    [
        .. Fence().Matches(File.ReadAllText(Path.Combine(Fixture.Repository, "docs", document)))
            .Select(match => (match.Groups[1].Value, match.Groups[2].Value))
            .Where(block => block.Item2.Contains(DocumentedAddress, StringComparison.Ordinal) && !block.Item2.Contains("./ditask", StringComparison.Ordinal)),
    ];

    [GeneratedRegex(@"^```(bash|python)\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
