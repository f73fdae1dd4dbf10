using System.Text.RegularExpressions;
using DiTask.Tests;

namespace DiTask.Model.Tests;

/// <summary>The direction of dependencies and a few promises about the tree, read from the sources.</summary>
public sealed partial class ArchitectureTests
{
    private const int MostLines = 400;

    /// <summary>
    /// What each folder of DiTask.Model may use, bottom first. A folder that is not listed fails: adding one means saying here
    /// what it stands on.
    /// </summary>
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Files"] = [],
        ["Text"] = [],
        ["Tasks"] = [],
        ["Config"] = ["Tasks"],
        ["Cpab"] = [],
        ["Checkpoints"] = ["Tasks", "Config"],
        ["Layers"] = ["Config", "Checkpoints"],
        ["Networks"] = ["Tasks", "Config", "Checkpoints", "Layers"],
        ["Adapters"] = ["Cpab"],
        ["Torch"] = ["Tasks", "Config", "Cpab", "Checkpoints", "Layers", "Networks", "Adapters"],
        ["Onnx"] = ["Tasks", "Config", "Checkpoints", "Layers"],
        ["Vision"] = ["Tasks"],
        ["Artifacts"] = ["Tasks", "Config"],
        ["Inference"] = ["Tasks", "Config", "Artifacts"],
        ["Folding"] =
            ["Tasks", "Config", "Cpab", "Checkpoints", "Layers", "Networks", "Adapters", "Torch", "Onnx", "Vision", "Artifacts", "Inference"],
        ["Data"] = ["Tasks", "Config", "Vision"],
        ["Evaluation"] = ["Tasks", "Config", "Vision", "Data", "Artifacts", "Inference"],
        ["Charts"] = [],
        ["Training"] = ["Charts", "Tasks", "Config", "Cpab", "Checkpoints", "Layers", "Networks", "Adapters", "Torch", "Vision", "Artifacts", "Inference", "Folding", "Data", "Evaluation"],
        ["Diagnosis"] =
            ["Charts", "Tasks", "Config", "Cpab", "Checkpoints", "Layers", "Networks", "Adapters", "Torch", "Onnx", "Vision", "Artifacts", "Inference", "Folding", "Data", "Evaluation", "Training"],
    };

    private static readonly string[] OpenToAll = ["Files", "Text"];

    /// <summary>Folders of DiTask.Model that may name each native package.</summary>
    private static readonly Dictionary<string, string[]> Packages = new()
    {
        ["TorchSharp"] = ["Torch", "Folding", "Training", "Diagnosis"],
        ["Microsoft.ML.OnnxRuntime"] = ["Inference", "Folding"],
        ["SixLabors.ImageSharp"] = ["Vision"],
        ["SkiaSharp"] = ["Vision"],
        ["Google.Protobuf"] = ["Onnx", "Folding"],
    };

    private static readonly string[] OpenToTheService = ["Text", "Tasks", "Vision", "Artifacts", "Inference"];

    private static readonly string[] OpenToTheGenerator = ["Tasks", "Vision", "Data"];

    private static readonly string[] IgnoredFolders = [".git", "artifacts", "bin", "obj", "out", "TestResults", "node_modules", ".vs", ".idea"];

    private static readonly string[] BinaryExtensions =
        [".npy", ".npz", ".pth", ".safetensors", ".onnx", ".bin", ".png", ".jpg", ".jpeg", ".webp", ".bmp", ".ico", ".woff2"];

    [Fact]
    public void Model_EachFolder_UsesOnlyTheFoldersItStandsOn()
    {
        List<string> wrong = [];
        foreach (SourceFile file in SourceFile.Below("src", "DiTask.Model"))
        {
            if (!Arrows.TryGetValue(file.Folder, out string[]? allowed))
            {
                wrong.Add($"{file.Name}: the folder is not in the table of this test");
                continue;
            }

            wrong.AddRange(ModelFoldersUsedBy(file)
                .Where(used => used != file.Folder && !OpenToAll.Contains(used) && !allowed.Contains(used))
                .Select(used => $"{file.Name}: {file.Folder} may use {Listed(allowed)}, not {used}"));
        }

        AssertNone(wrong);
    }

    [Fact]
    public void Model_EachFile_IsInTheNamespaceOfItsFolder() => AssertNone(
        SourceFile.Below("src", "DiTask.Model")
            .Where(file => NamespaceDeclaration().Match(file.Code) is not { Success: true } match ||
                match.Groups[1].Value != string.Join('.', ["DiTask", "Model", .. file.Folders]))
            .Select(file => $"{file.Name}: expected namespace {string.Join('.', ["DiTask", "Model", .. file.Folders])}"));

    [Fact]
    public void Model_EachNativePackage_IsNamedOnlyWhereItBelongs() => AssertNone(
        from file in SourceFile.Below("src", "DiTask.Model")
        from package in Packages
        where Regex.IsMatch(file.Code, $@"\b{Regex.Escape(package.Key)}\b") && !package.Value.Contains(file.Folder)
        select $"{file.Name}: {package.Key} belongs in {Listed(package.Value)}");

    [Fact]
    public void Service_EachFile_UsesOnlyWhatServingNeeds() => AssertNone(
        from file in SourceFile.Below("src", "DiTask.Api")
        from used in ModelFoldersUsedBy(file)
        where !OpenToTheService.Contains(used)
        select $"{file.Name}: the service may use {Listed(OpenToTheService)}, not {used}");

    [Fact]
    public void Generator_EachFile_UsesOnlyTasksPicturesAndData() => AssertNone(
        from file in SourceFile.Below("src", "DiTask.Synth")
        from used in ModelFoldersUsedBy(file)
        where !OpenToTheGenerator.Contains(used)
        select $"{file.Name}: the generator may use {Listed(OpenToTheGenerator)}, not {used}");

    [Fact]
    public void Service_Batching_StandsAlone() => AssertNone(
        from file in SourceFile.Below("src", "DiTask.Api")
        where file.Folder == "Batching"
        from Match match in ServiceNamespace().Matches(file.Code)
        where match.Groups[1].Value != "Batching"
        select $"{file.Name}: batching knows no HTTP, no ONNX, no images; found {match.Value}");

    [Fact]
    public void Sources_EachFile_StaysShort() => AssertNone(
        from file in SourceFile.Below("src").Concat(SourceFile.Below("tests"))
        let lines = file.Text.AsSpan().Count('\n')
        where lines > MostLines && !file.Name.EndsWith(".g.cs", StringComparison.Ordinal)
        select $"{file.Name}: {lines} lines, at most {MostLines}");

    [Fact]
    public void Repository_EachTextFile_NamesNoRegistryAndNoMachine()
    {
        // Written in parts, or this file would find itself.
        Regex registry = new(@"https?:/" + @"/[^/\s""']*(nuget|npmjs|npm\.|registry|pypi|pythonhosted|deb\.|debian\.org|artifactory|nexus|mirror)", RegexOptions.IgnoreCase);
        Regex machine = new(@"(?<![\w.*~$}/-])/(work|root|home|Users)" + @"/(?!somebody\b)\w");

        AssertNone(
            from path in TextFiles(Fixture.Repository)
            from line in File.ReadLines(path).Select((text, index) => (Text: text, Number: index + 1))
            where registry.IsMatch(line.Text) || machine.IsMatch(line.Text)
            select $"{Path.GetRelativePath(Fixture.Repository, path)}:{line.Number}: {line.Text.Trim()}");
    }

    private static IEnumerable<string> ModelFoldersUsedBy(SourceFile file) =>
        ModelNamespace().Matches(file.Code).Select(match => match.Groups[1].Value).Distinct();

    private static IEnumerable<string> TextFiles(string folder) => Directory.EnumerateFiles(folder)
        .Where(path => !BinaryExtensions.Contains(Path.GetExtension(path)) && Path.GetFileName(path) != ".git")
        .Concat(Directory.EnumerateDirectories(folder).Where(path => !IgnoredFolders.Contains(Path.GetFileName(path))).SelectMany(TextFiles));

    private static string Listed(string[] names) => names.Length == 0 ? "nothing" : string.Join(", ", names);

    private static void AssertNone(IEnumerable<string> wrong)
    {
        string[] lines = [.. wrong];
        Assert.True(lines.Length == 0, string.Join(Environment.NewLine, lines));
    }

    [GeneratedRegex(@"\bDiTask\.Model\.([A-Z]\w*)")]
    private static partial Regex ModelNamespace();

    [GeneratedRegex(@"\bDiTask\.(?:Model|Api\.([A-Z]\w*))")]
    private static partial Regex ServiceNamespace();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceDeclaration();
}
