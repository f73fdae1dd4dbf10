using System.Text.RegularExpressions;

namespace DiTask.Api.Tests.Deployment;

/// <summary>Checks what the service brings along: ONNX Runtime and the image library of one system, and nothing of libtorch.</summary>
public sealed partial class ServiceContentTests(RealService service) : IClassFixture<RealService>
{
    private const long MostBytes = 60_000_000;

    /// <summary>The service's own output, which is what a publish copies.</summary>
    private static readonly DirectoryInfo Output = new(
        Path.Combine(AppContext.BaseDirectory, "..", "..", "DiTask.Api", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory))));

    [Fact]
    public void Output_HoldsNoLibtorchAndNoOtherSystemsLibraries() =>
        Assert.DoesNotContain(Output.EnumerateFiles("*", SearchOption.AllDirectories), file => Libtorch().IsMatch(file.Name) || IsForeign(file.Name));

    [Fact]
    public void Output_WithTheCpuRuntime_IsSmall() => Assert.InRange(
        Output.EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.Extension is not ".pdb" and not ".xml").Sum(file => file.Length),
        1_000_000,
        File.Exists(Path.Combine(Output.FullName, "libonnxruntime_providers_cuda.so")) ? long.MaxValue : MostBytes);

    [Fact]
    public async Task Predict_AnImage_LoadsNoTorchSharp()
    {
        HttpResponseMessage answer = await service.Client.PostAsync("/predict", Pictures.Raw(Pictures.Gray(50)));

        Assert.True(answer.IsSuccessStatusCode);
        Assert.DoesNotContain(AppDomain.CurrentDomain.GetAssemblies(), assembly => assembly.GetName().Name == "TorchSharp");
    }

    private static bool IsForeign(string name) => Path.GetExtension(name) switch
    {
        ".so" => !OperatingSystem.IsLinux(),
        ".dylib" => !OperatingSystem.IsMacOS(),
        ".dll" => !OperatingSystem.IsWindows() && name.StartsWith("onnxruntime", StringComparison.Ordinal),
        _ => false,
    };

    [GeneratedRegex(@"^(lib)?(torch[_.]|c10|LibTorchSharp)")]
    private static partial Regex Libtorch();
}
