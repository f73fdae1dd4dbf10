using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using DiTask.Tests;

namespace DiTask.Benchmarks.Service;

/// <summary>A service in a process of its own, watched from outside.</summary>
internal sealed class ServiceProcess : IDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(3);

    private readonly Process process;
    private readonly ConcurrentQueue<string> errors = new();

    private ServiceProcess(string program, IEnumerable<string> arguments, int port)
    {
        Address = new Uri($"http://127.0.0.1:{port}");
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ORT_DISABLE_TELEMETRY"] = "1";
        process = Process.Start(start)!;
        // Nobody reads the request log, but a full pipe would stop the service.
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => errors.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>From the start of the process to the first 200 of /readyz.</summary>
    public TimeSpan StartTime { get; private set; }

    public double ResidentMiB => ProcessStatus.Read(process.Id, "VmRSS") / 1024.0;

    public int Threads => (int)ProcessStatus.Read(process.Id, "Threads");

    public int Handles => Directory.GetFileSystemEntries($"/proc/{process.Id}/fd").Length;

    /// <summary>The product, on a model folder.</summary>
    public static Task<ServiceProcess> StartAsync(string model, params string[] settings)
    {
        int port = FreePort();
        string program = Environment.GetEnvironmentVariable("DITASK_API") ?? throw new InvalidOperationException("DITASK_API must name the built service; ./ditask bench sets it.");
        string[] arguments = ["--contentRoot", Path.GetDirectoryName(program)!, "--urls", $"http://127.0.0.1:{port}", "--Models:Path", model, .. settings.Select(text => "--" + text)];
        return ReadyAsync(new ServiceProcess(program, arguments, port));
    }

    /// <summary>The product with a model that sleeps.</summary>
    public static Task<ServiceProcess> StartPacedAsync(double baseMs, double perImageMs, params string[] settings)
    {
        int port = FreePort();
        string[] numbers = [.. new double[] { port, baseMs, perImageMs }.Select(value => value.ToString(CultureInfo.InvariantCulture))];
        return ReadyAsync(new ServiceProcess(Environment.ProcessPath!, ["paced", .. numbers, .. settings], port));
    }

    /// <summary>Asks it to stop; its exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        using Process signal = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>Ends it without warning.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        // Also for what it has written and we have not read.
        process.WaitForExit();
        process.Dispose();
    }

    private static async Task<ServiceProcess> ReadyAsync(ServiceProcess service)
    {
        Stopwatch watch = Stopwatch.StartNew();
        using HttpClient client = new() { BaseAddress = service.Address };
        while (!await IsReadyAsync(client))
        {
            if (service.process.HasExited || watch.Elapsed > LongestStart)
            {
                service.Dispose();
                throw new InvalidOperationException($"The service did not become ready: {string.Join('\n', service.errors).TrimEnd()}");
            }

            await Task.Delay(20);
        }

        service.StartTime = watch.Elapsed;
        return service;
    }

    private static async Task<bool> IsReadyAsync(HttpClient client)
    {
        try
        {
            using HttpResponseMessage response = await client.GetAsync("/readyz");
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
