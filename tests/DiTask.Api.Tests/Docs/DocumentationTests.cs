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

    /// <summary>Document and number of every block of <paramref name="language"/> that calls the service.</summary>
    public static TheoryData<string, int> Blocks(string language)
    {
        TheoryData<string, int> blocks = [];
        foreach (string document in Documents)
        {
            foreach ((int number, (string found, _)) in BlocksOf(document).Index())
            {
                if (found == language)
                {
                    blocks.Add(document, number);
                }
            }
        }

        return blocks;
    }

    [Fact]
    public void Documents_HaveExamples() => Assert.True(Blocks("bash").Count + Blocks("python").Count >= 10, "The blocks of the documentation are not found any more.");

    [TheoryWith("bash", "curl")]
    [MemberData(nameof(Blocks), "bash")]
    public Task ShellBlock_Run_Succeeds(string document, int number) => RunBlockAsync(document, number, "bash", "-e", "-u", "-o", "pipefail", "-c");

    [TheoryWith("python3")]
    [MemberData(nameof(Blocks), "python")]
    public Task PythonBlock_Run_Succeeds(string document, int number) => RunBlockAsync(document, number, "python3", "-c");

    [FactWith("python3")]
    public Task PythonExample_Run_WritesItsMaps() => RunExampleAsync("python3", "examples/python/predict.py");

    [FactWith("node")]
    public Task JavaScriptExample_Run_WritesItsMaps() => RunExampleAsync("node", "examples/javascript/predict.mjs");

    [FactWith("bash", "curl")]
    public Task ShellExample_Run_WritesItsMaps() => RunExampleAsync("bash", "examples/curl/predict.sh");

    [FactWith("python3")]
    public Task PythonExample_FileThatIsNoImage_SaysWhy() => RefuseAsync("python3", "examples/python/predict.py", "unsupported_image_format");

    [FactWith("node")]
    public Task JavaScriptExample_FileThatIsNoImage_SaysWhy() => RefuseAsync("node", "examples/javascript/predict.mjs", "unsupported_image_format");

    [FactWith("bash", "curl")]
    public Task ShellExample_FileThatIsNoImage_SaysWhy() => RefuseAsync("bash", "examples/curl/predict.sh", "415");

    private string Address => service.Client.BaseAddress!.ToString().TrimEnd('/');

    private async Task RunBlockAsync(string document, int number, string program, params string[] options)
    {
        using TemporaryFolder folder = new();
        Shell.Prepare(folder.Path, Fixture.Repository);
        string text = BlocksOf(document)[number].Text;
        string code = text.Replace(DocumentedAddress, Address, StringComparison.Ordinal);

        (int exit, string output) = await Shell.RunAsync(folder.Path, program, [.. options, code]);

        Assert.True(exit == 0, $"{document}, block {number}: exit code {exit}\n{output}\n{code}");
        string[] written = [.. Directory.EnumerateFiles(folder.Path).Select(File.ReadAllText)];
        Assert.Equal(text.Contains(Misspelt, StringComparison.Ordinal), written.Append(output).Any(answer => answer.Contains("\"/problems/", StringComparison.Ordinal)));
        Assert.All(written, answer => Assert.NotEmpty(answer));
        Assert.True(written.Length > 0 || output.Length > 0, $"{document}, block {number} answers nothing.");
    }

    private async Task RunExampleAsync(string program, string script)
    {
        using TemporaryFolder folder = new();
        Shell.Prepare(folder.Path, Fixture.Repository);

        (int exit, string output) = await Shell.RunAsync(folder.Path, program, script, "models/samples/street.jpg", Address);

        Assert.True(exit == 0, $"exit code {exit}\n{output}");
        Assert.True(File.ReadAllBytes(Path.Combine(folder.Path, "depth.png")).AsSpan(1).StartsWith("PNG"u8), $"depth.png is not a PNG\n{output}");
    }

    private async Task RefuseAsync(string program, string script, string expected)
    {
        using TemporaryFolder folder = new();
        Shell.Prepare(folder.Path, Fixture.Repository);

        (int exit, string output) = await Shell.RunAsync(folder.Path, program, script, "tests/Fixtures/images/make.py", Address);

        Assert.NotEqual(0, exit);
        Assert.Contains(expected, output, StringComparison.Ordinal);
    }

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
