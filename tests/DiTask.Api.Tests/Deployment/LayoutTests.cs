using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using DiTask.Tests;

namespace DiTask.Api.Tests.Deployment;

/// <summary>The folder that the image is made of, put together by the script that the Dockerfile runs, and the service started from it.</summary>
[Trait("Category", "Slow")]
public sealed class LayoutTests : IDisposable
{
    private const string OtherUser = "10001";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string folder = Directory.CreateTempSubdirectory("ditask-layout-").FullName;

    public void Dispose()
    {
        // The script takes away the right to write, which deleting needs where this is not root.
        Process.Start("chmod", ["-R", "u+w", folder]).WaitForExit();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Cpu_StartedByAnotherUser_ServesAndChecksItself()
    {
        Run("bash", Path.Combine(Fixture.Repository, "docker", "layout.sh"), "cpu", folder);
        long started = Stopwatch.GetTimestamp();
        using Process service = Start();
        try
        {
            string url = await AddressAsync(service);
            using HttpClient client = new() { BaseAddress = new Uri(url), Timeout = Patience };
            while (!(await client.GetAsync("/readyz")).IsSuccessStatusCode)
            {
                Assert.True(Stopwatch.GetElapsedTime(started) < Patience, "The service did not become ready.");
            }

            byte[] photo = await File.ReadAllBytesAsync(Path.Combine(folder, "samples", "street.jpg"));
            HttpResponseMessage answer = await client.PostAsync("/predict", Pictures.Raw(photo));
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
            JsonElement json = await answer.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal(6, json.GetProperty("images")[0].GetProperty("maps").EnumerateObject().Count());
            Assert.True((await client.GetAsync("/")).IsSuccessStatusCode);
            Assert.True((await client.GetAsync("/samples/street.jpg")).IsSuccessStatusCode);
            Run(Path.Combine(folder, "app", "DiTask.Api"), "health", url);

            Run("kill", "-TERM", $"{service.Id}");
            await service.WaitForExitAsync();
            Assert.Equal(0, service.ExitCode);
        }
        finally
        {
            if (!service.HasExited)
            {
                service.Kill(entireProcessTree: true);
            }
        }
    }

    private Process Start()
    {
        // The environment of the Dockerfile, and a port of our own.
        string program = Path.Combine(folder, "app", "DiTask.Api");
        ProcessStartInfo start = Environment.UserName == "root"
            ? new("setpriv", ["--reuid", OtherUser, "--regid", OtherUser, "--clear-groups", "--no-new-privs", program])
            : new(program);
        start.WorkingDirectory = Path.Combine(folder, "app");
        start.RedirectStandardOutput = true;
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["ASPNETCORE_TEMP"] = "/tmp";
        start.Environment["Hosting__DrainDelay"] = "00:00:00";
        start.Environment["ORT_DISABLE_TELEMETRY"] = "1";
        start.Environment["Models__Path"] = Path.Combine(folder, "model");
        start.Environment["Models__Provider"] = "cpu";
        start.Environment["Web__Samples"] = Path.Combine(folder, "samples");
        return Process.Start(start)!;
    }

    private static async Task<string> AddressAsync(Process service)
    {
        const string Says = "Now listening on: ";
        string output = "";
        while (await service.StandardOutput.ReadLineAsync() is { } line)
        {
            output += line + "\n";
            if (line.Contains(Says, StringComparison.Ordinal))
            {
                _ = service.StandardOutput.ReadToEndAsync();
                return line[(line.IndexOf(Says, StringComparison.Ordinal) + Says.Length)..].Trim();
            }
        }

        throw new InvalidOperationException($"The service ended: {output}");
    }

    private static void Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: exit code {process.ExitCode}\n{output}\n{errors.Result}");
    }
}
