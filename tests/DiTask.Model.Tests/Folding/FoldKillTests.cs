using System.Diagnostics;
using DiTask.Model.Artifacts;
using DiTask.Tests;

namespace DiTask.Model.Tests.Folding;

/// <summary>The command in a process of its own, killed while it writes.</summary>
public sealed class FoldKillTests
{
    [Theory]
    [InlineData("folding semseg")]
    [InlineData("recording the self-test")]
    public async Task Fold_KilledMidway_LeavesNoHalfVersion(string step)
    {
        using TemporaryFolder folder = new();
        string model = Directory.CreateDirectory(folder["indoor"]).FullName;
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "ditask.dll"), "fold", Fixture.Path("golden", "micro", "ckpt_epoch_7.pth"), "--out", Path.Combine(model, "1"),
        ];
        using Process process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        List<string> said = [];
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            said.Add(line);
            if (line.Contains(step, StringComparison.Ordinal))
            {
                break;
            }
        }

        process.Kill();
        await process.WaitForExitAsync();

        Assert.Contains(said, line => line.Contains(step, StringComparison.Ordinal));
        Assert.All(Directory.EnumerateDirectories(model).Select(Path.GetFileName), name => Assert.True(name == "1" || name!.StartsWith(".1.", StringComparison.Ordinal), name));
        if (Directory.Exists(Path.Combine(model, "1")))
        {
            // The signal came late: then the version is whole.
            Assert.NotEmpty(ModelFolder.Open(Path.Combine(model, "1")).Manifest.SelfTest!.Tasks);
        }
    }
}
