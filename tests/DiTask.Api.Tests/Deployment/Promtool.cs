using System.Diagnostics;

namespace DiTask.Api.Tests.Deployment;

/// <summary>Prometheus' own checker, where it is installed.</summary>
internal static class Promtool
{
    public const string Name = "promtool";

    /// <summary>Runs it; what it says is in the output, complaints first.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string? input, params string[] arguments)
    {
        ProcessStartInfo start = new(Tools.Find(Name)!, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return (process.ExitCode, await errors + await output);
    }
}
