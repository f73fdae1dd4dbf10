using System.Diagnostics;

namespace DiTask.EndToEnd.Tests;

/// <summary>The tool, as a process of its own.</summary>
internal static class Command
{
    /// <summary>Runs a command; what it printed.</summary>
    public static async Task<string> RunAsync(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "ditask.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Matrices are small here: threads that share one cost more than they bring.
            Environment = { ["OPENBLAS_NUM_THREADS"] = "1" },
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"ditask {string.Join(' ', arguments)}: exit code {process.ExitCode}\n{error}\n{await output}");
        return await output;
    }
}
