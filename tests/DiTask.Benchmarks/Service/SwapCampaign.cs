using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using DiTask.Tests;

namespace DiTask.Benchmarks.Service;

/// <summary>Versions of two models of different weights take turns under load.</summary>
internal static class SwapCampaign
{
    private const string Name = "swap";
    private const string Key = "an-administrator-of-the-benchmark";
    private const int Callers = 2;

    public static async Task<int> RunAsync(int swaps)
    {
        using TemporaryFolder folder = new();
        string[] models = [.. new[] { 1, 2 }.Select(seed => RealSize.Folded(folder, small: true, seed).Path)];
        string repository = Directory.CreateDirectory(folder["repository"]).FullName;
        Publish(models[1], repository, 1);
        using ServiceProcess service = await ServiceProcess.StartAsync(repository, $"Security:AdminKeys:0={Key}");
        using Load load = new(service.Address);

        // Odd versions are of the second model.
        float[][] expected = new float[2][];
        expected[1] = (await AskAsync(load)).Map!;
        await SwapAsync(load, models[0], repository, 2);
        expected[0] = (await AskAsync(load)).Map!;

        ConcurrentBag<(int Status, int Version, TimeSpan Latency, bool IsOfItsVersion)> answers = [];
        bool isOver = false;
        Task[] callers = [.. Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            while (!Volatile.Read(ref isOver))
            {
                long start = Stopwatch.GetTimestamp();
                (int status, int version, float[]? map) = await AskAsync(load);
                bool matches = map is not null && Distance(map, expected[version % 2]) < Distance(map, expected[1 - version % 2]);
                answers.Add((status, version, Stopwatch.GetElapsedTime(start), matches));
            }
        }))];
        List<double> loads = [];
        for (int version = 3; version < 3 + swaps; version++)
        {
            long start = Stopwatch.GetTimestamp();
            await SwapAsync(load, models[version % 2], repository, version);
            loads.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        Volatile.Write(ref isOver, true);
        await Task.WhenAll(callers);
        Report.Say($"{swaps} swaps, each {Report.Quantile(loads, 0.5):F0} ms (median), {loads.Max():F0} ms (longest); {answers.Count} answers of {answers.Select(answer => answer.Version).Distinct().Count()} versions meanwhile, p50 {Report.Quantile(answers.Select(answer => answer.Latency.TotalMilliseconds), 0.5):F0} ms, p99 {Report.Quantile(answers.Select(answer => answer.Latency.TotalMilliseconds), 0.99):F0} ms; {service.ResidentMiB:F0} MiB");
        Report report = new();
        report.Aim($"no failure", answers.All(answer => answer.Status == 200));
        report.Aim($"every answer's maps are those of the version that it names", answers.All(answer => answer.IsOfItsVersion));
        return report.ExitCode;
    }

    /// <summary>Copies a model to its place; it appears there at once.</summary>
    private static void Publish(string model, string repository, int version)
    {
        string place = Path.Combine(Directory.CreateDirectory(Path.Combine(repository, Name)).FullName, $"{version}");
        string staged = $"{place}.partial";
        Directory.CreateDirectory(staged);
        foreach (string file in Directory.EnumerateFiles(model))
        {
            File.Copy(file, Path.Combine(staged, Path.GetFileName(file)));
        }

        Directory.Move(staged, place);
    }

    private static async Task SwapAsync(Load load, string model, string repository, int version)
    {
        Publish(model, repository, version);
        using HttpRequestMessage request = new(HttpMethod.Post, $"/v2/repository/models/{Name}/load");
        request.Headers.Add("X-API-Key", Key);
        using HttpResponseMessage response = await load.Client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        Directory.Delete(Path.Combine(repository, Name, $"{version - 1}"), recursive: true);
    }

    private static async Task<(int Status, int Version, float[]? Map)> AskAsync(Load load)
    {
        using HttpResponseMessage response = await load.PostAsync(Photos.Village, "?tasks=normals&maps=f32", CancellationToken.None);
        byte[] body = await response.Content.ReadAsByteArrayAsync();
        if (!response.IsSuccessStatusCode)
        {
            return ((int)response.StatusCode, 0, null);
        }

        using JsonDocument manifest = JsonDocument.Parse(body);
        byte[] map = manifest.RootElement.GetProperty("images")[0].GetProperty("maps").GetProperty("normals").GetProperty("data").GetBytesFromBase64();
        return (200, int.Parse(manifest.RootElement.GetProperty("model").GetProperty("version").GetString()!), MemoryMarshal.Cast<byte, float>(map).ToArray());
    }

    private static double Distance(float[] a, float[] b) => a.Zip(b, (x, y) => Math.Abs((double)x - y)).Sum();
}
