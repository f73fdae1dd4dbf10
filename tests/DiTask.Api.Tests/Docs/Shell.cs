using System.Diagnostics;

namespace DiTask.Api.Tests.Docs;

/// <summary>Runs programs in a folder of their own, where the repository's folders can be seen.</summary>
internal static class Shell
{
    private static readonly string[] Visible = ["tests", "models", "examples"];

    /// <summary>Makes <paramref name="folder"/> look like the repository's root, without what programs write there.</summary>
    public static void Prepare(string folder, string repository)
    {
        foreach (string name in Visible)
        {
            Directory.CreateSymbolicLink(Path.Combine(folder, name), Path.Combine(repository, name));
        }
    }

    /// <summary>Runs a program to its end; its exit code and what it printed.</summary>
    public static async Task<(int Code, string Output)> RunAsync(string folder, string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DITASK_KEY"] = "no-key-is-needed-here";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
