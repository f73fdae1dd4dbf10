using System.Diagnostics;
using DiTask.Tests;

namespace DiTask.Model.Tests.Inference;

public sealed class OrtTelemetryTests
{
    /// <summary>ONNX Runtime 1.31 stores an id of the machine in the user's cache folder when it loads, unless it is told not to.</summary>
    [Fact]
    public async Task Predict_WithoutTheVariable_StoresNothingInTheHomeFolder()
    {
        using TemporaryFolder folder = new();
        string home = Directory.CreateDirectory(folder["home"]).FullName;
        ProcessStartInfo start = new("dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "ditask.dll"), "predict", Path.Combine(Fixture.Repository, "models", "ditask-micro"),
            Path.Combine(Fixture.Repository, "models", "samples", "street.jpg"), "--out", folder["maps"],
        ])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment.Remove("ORT_DISABLE_TELEMETRY");
        start.Environment.Remove("XDG_CACHE_HOME");
        start.Environment["HOME"] = home;
        start.Environment["DOTNET_CLI_HOME"] = home;

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.True(process.ExitCode == 0, await output + errors);
        Assert.Empty(Directory.EnumerateFileSystemEntries(home));
    }
}
