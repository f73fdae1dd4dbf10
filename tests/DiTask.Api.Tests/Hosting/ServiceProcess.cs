using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using DiTask.Tests;

namespace DiTask.Api.Tests.Hosting;

/// <summary>The built service with the bundled model, in a process of its own that signals can reach.</summary>
internal sealed partial class ServiceProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly TaskCompletionSource<Uri> address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServiceProcess(string[] settings)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "DiTask.Api.dll");
        string model = Path.Combine(Fixture.Repository, "models", "ditask-micro");
        string[] arguments = [program, "--contentRoot", AppContext.BaseDirectory, "--urls", "http://127.0.0.1:0", "--Models:Path", model, .. settings];
        // A test run in the background of a shell inherits from it that Ctrl+C is ignored, and so would the service.
        process = Process.Start(new ProcessStartInfo("env", ["--default-signal=INT,QUIT", "dotnet", .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public HttpClient Client { get; } = new() { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Everything it said.</summary>
    public ConcurrentQueue<string> Output { get; } = new();

    /// <summary>Starts it and waits until it is ready.</summary>
    public static async Task<ServiceProcess> StartAsync(params string[] settings)
    {
        ServiceProcess service = new(settings);
        Task ended = service.process.WaitForExitAsync();
        Assert.True(await Task.WhenAny(service.address.Task, ended) == service.address.Task, string.Join('\n', service.Output));
        service.Client.BaseAddress = await service.address.Task;
        while ((await service.Client.GetAsync(new Uri("/readyz", UriKind.Relative))).StatusCode != HttpStatusCode.OK)
        {
            Assert.False(service.process.HasExited, string.Join('\n', service.Output));
        }

        return service;
    }

    public async Task SignalAsync(string name)
    {
        using Process kill = Process.Start("kill", ["-" + name, $"{process.Id}"]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    public async Task<int> ExitCodeAsync()
    {
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private void Read(string? line)
    {
        Output.Enqueue(line ?? "");
        if (line is not null && Listening().Match(line) is { Success: true } match)
        {
            address.TrySetResult(new Uri(match.Groups[1].Value));
        }
    }

    [GeneratedRegex(@"Now listening on: (http://127\.0\.0\.1:\d+)")]
    private static partial Regex Listening();
}
